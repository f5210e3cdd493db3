# Português. As mesmas chaves e variáveis que en.ftl.
# status: not yet read by a native speaker

## Every page

frame-leave = Sair desta página
frame-languages = Línguas
frame-pages = Páginas
frame-unchecked = Esta tradução ainda não foi revista por uma pessoa de língua materna.
nav-form = Formulário
nav-practice = Treino
nav-correct = Corrigir ou retirar
nav-paper = Em papel
nav-reports = Relatórios
nav-policy = O que se guarda
nav-audit = Verificar o registo
nav-help = Ajuda

## The form

form-again = É preciso rever
form-practice-mark = Treino: parece igual, não guarda nada.
form-no-week = De momento não há nenhuma semana aberta.
form-no-key = { $period } ainda não aceita envios: falta a chave com que são selados. Guarda o teu envio e avisa a coordenação
form-nothing-stored = Nada foi guardado.
form-nothing-lost = Nada do que escreveste se perdeu.
form-card = Cartão
form-week = Semana
form-counts = Preenche o que contaste; deixa o resto em branco
form-counts-short = Contagens
form-receipt = Recibo
form-choose = Escolhe
form-more = Mais um: { $what }
form-less = Menos um: { $what }
form-send = Enviar
form-why = Porque perguntamos
form-why-asked = Quem pede: { $who }. Num envio cabem até { $max }.
form-practise = Treinar primeiro
form-practise-what = O mesmo formulário, nada é guardado.
week-this = Esta semana
week-last = A semana passada
week-before = A semana anterior

## After sending

receipt-title = Agradecemos
receipt-practice = Treino: nada foi guardado.
receipt-stored = O teu envio está guardado.
receipt-same = O teu envio já cá estava e contém o que mandaste por último.
receipt-number = O teu recibo:
receipt-what = Com este número e o teu cartão, o envio pode ser corrigido ou retirado até o período fechar. Não precisas de o guardar.
receipt-another = Enviar outro

## Correct or withdraw

correct-title = Corrigir ou retirar
correct-how = Escreve o recibo e o cartão com que foi enviado. Para corrigir, preenche tudo de novo: fica no lugar do anterior. Para retirar, bastam o recibo e o cartão.
correct-replace = Substituir o envio
correct-withdraw = Retirar o envio
correct-replaced = O teu envio contém agora o que acabaste de mandar.
correct-new = Não havia nenhum envio aberto com este recibo, por isso este foi guardado como novo. Se o anterior é de um período fechado, agora conta duas vezes: retira o novo se não querias isso.
withdrawn-title = Retirado
withdrawn-what = O teu envio foi retirado e não será contado.
withdrawn-spent = O recibo já não serve. Se mudares de ideias, envia de novo como novo.

## What can be wrong

problem-missing = isto falta: escolhe uma opção
problem-not-text = isto tem de ser texto
problem-not-object = isto tem de ser um objeto com um número para cada medida
problem-unknown-field = o programa não pede este campo: tira-o
problem-unknown-category = isto não está na lista: escolhe entre { $list }
problem-no-count = preenche pelo menos uma contagem; zero é uma contagem, em branco não
problem-not-whole = escreve um número inteiro de 0 a { $max }, ou deixa em branco
problem-too-large = é mais do que cabe num envio ({ $max }): verifica o número, ou manda o resto noutro envio
problem-week = isto não é uma semana da lista: escolhe uma
problem-receipt-length = um recibo tem 16 algarismos
problem-receipt-check = o algarismo de controlo do recibo está errado: compara algarismo a algarismo com o que anotaste
problem-card-length = um código tem 20 letras e algarismos, em quatro grupos de cinco
problem-card-symbol = um código só tem algarismos e letras, e nunca a letra U
problem-card-check = há um engano no código: compara letra a letra com o papel
problem-card-stub = este é o código do talão, que só pode anular: escreve o código do próprio cartão
refused-unreadable-title = Não se consegue ler
refused-unreadable = não foi possível ler: volta ao formulário e envia a partir de lá
refused-invalid-title = Há campos para rever
refused-invalid = há campos para rever; nada foi guardado
refused-card-title = Este cartão não está em uso
refused-card = este cartão não está em uso aqui: verifica se é o cartão deste programa e se ainda é válido, ou pede um novo a quem coordena
refused-week-title = Esta semana não está aberta
refused-week = esta semana não está aberta: aceitam-se envios para { $weeks }
refused-week-none = esta semana não está aberta: de momento nenhuma está
refused-no-key = { $why }; aceitam-se envios para { $weeks }
refused-no-key-none = { $why }; de momento nenhuma semana está aberta
refused-withdrawn-title = Este envio foi retirado
refused-withdrawn = este envio foi retirado e o recibo já não serve: manda-o como novo se queres que conte
refused-quota-title = Já chega para esta semana
refused-quota =
    { $limit ->
        [one] este cartão mandou { $limit } envio para esta semana, que é o limite: antes corrige esse
       *[other] este cartão mandou { $limit } envios para esta semana, que é o limite: antes corrige um deles
    }
refused-none-title = Esse envio não existe
refused-none = não há nenhum envio com este recibo e este cartão num período aberto
refused-unavailable-title = Não foi guardado agora
refused-unavailable = o envio não pôde ser guardado agora; nada foi confirmado. Manda o mesmo envio outra vez daqui a pouco

## On this device

device-title = Neste telefone
device-what = Tudo isto está desligado até o ligares. Fica fechado à chave, só neste telefone; mesmo assim, quem abrir esta página neste telefone pode usá-lo. «Sair desta página» também o apaga.
device-card = Lembrar o meu cartão
device-queue = Guardar até 7 dias os envios que não puderam sair
device-totals = Guardar os meus próprios totais
device-clear = Apagar tudo isto deste telefone
device-cleared = Já nada está guardado neste telefone.
device-own = Os meus próprios totais neste telefone (sem as correções feitas depois)
device-failed = Este telefone não conseguiu guardar. Nada se perdeu do formulário.
queue-waiting =
    { $n ->
        [one] { $n } por enviar
       *[other] { $n } por enviar
    }
queue-send = Enviar agora
queue-delete = Apagar
queue-look = Rever
queue-kept = Não enviado: não há ligação. O envio fica neste telefone e segue quando houver.
queue-offline = Não enviado: não há ligação. Tudo o que escreveste continua aqui; envia mais tarde.
queue-full = Não enviado, e já esperam 20 envios, que é o limite. Tudo o que escreveste continua aqui.
queue-sent = O que esperava foi enviado.
queue-expired = Um envio esperou mais de 7 dias. Foi apagado sem ser enviado.
queue-refused = Não aceite:

## On paper

paper-title = Em papel
paper-how = Imprime esta página e preenche-a à caneta. Uma folha é um envio. Não escrevas nela nenhum nome nem código de cartão. Passa-a mais tarde, ou dá-a a quem passa as folhas.
paper-week = Semana (por exemplo { $week })
paper-tick = Marca uma
paper-after = Depois de passada, rasga esta folha.

## Help

help-title = Ajuda
help-send = Fazer um envio
help-send-what = Escreve o código do teu cartão, escolhe semana, zona e local, preenche o que contaste e envia. Em branco serve, e não é o mesmo que zero. Um número errado pode ser corrigido, e um envio retirado, até o período fechar: com o teu cartão e o recibo. Depois fica como foi contado: mandá-lo outra vez para uma semana mais tarde contava-o duas vezes.
help-hold = O que guardamos
help-hold-what = Nenhum nome, nenhuma morada, nenhuma hora. Um envio é guardado com um pseudónimo que não vale nada quando o período fecha, e selado: até lá, nem o próprio serviço o consegue voltar a ler.
help-hold-all = Tudo, campo a campo
help-notice = Como aviso para imprimir
help-legal = O que cada apreensão pode entregar, e o que não pode
help-not = O que não podemos proteger
help-not-history = O histórico do teu navegador: o botão «Sair desta página» não o apaga.
help-not-card = Um cartão encontrado contigo mostra que tens um cartão deste programa.
help-not-network = Quem gere a rede vê que este endereço foi aberto.
help-not-host = Enquanto um período está aberto, quem tiver ao mesmo tempo o servidor e o teu cartão pode ler o que esse cartão mandou.
help-not-phone = O que ligares para ficar guardado neste telefone pode ser usado por quem abrir o telefone.
help-ask = Se a polícia perguntar
help-ask-say = Não tens de dizer que tens um cartão, nem para que serve. Podes pedir um advogado ou uma advogada antes de responder.
help-ask-phone = Não tens de desbloquear o telefone, a não ser que a lei do lugar o diga: pergunta a quem coordena o que vale aqui, antes de precisares.
help-ask-card = Um cartão perdido ou tirado deixa de servir com o seu talão: tem-no quem coordena, ou tu. Com o talão não se pode enviar, nem ver o que foi enviado.
help-ask-give = Não podemos entregar uma lista de quem participa, porque não existe.

## Pages that are not there

missing-title = Aqui não há nada
missing-period = Isto não é um período: um trimestre escreve-se 2025-Q1, um mês 2025-M03.
missing-release-title = Ainda não publicado
missing-release = Este período não foi publicado. A lista de relatórios diz quando será o próximo.
