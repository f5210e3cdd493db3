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
form-receipt-this = Recibo deste envio:
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
week-before = Há duas semanas

## After sending

receipt-title = Agradecemos
receipt-practice = Treino: nada foi guardado.
receipt-stored = O teu envio está guardado.
receipt-same = O teu envio já cá estava e contém o que mandaste por último.
receipt-number = O teu recibo:
receipt-what = Com este número e o teu cartão, o envio pode ser corrigido ou retirado até o período fechar. Não precisas de o guardar.
receipt-sent = O que enviaste
receipt-another = Enviar outro
sent-once = Esta página só aparece uma vez: se queres guardar o número, anota-o agora.
sent-gone = Uma página como esta só aparece uma vez, e apenas durante alguns minutos.
sent-gone-again = Se tens o recibo e não sabes se o teu envio chegou, manda-o outra vez em «Corrigir ou retirar» com esse recibo: conta uma só vez.

## Correct or withdraw

correct-title = Corrigir ou retirar
correct-how = Escreve o recibo e o cartão com que foi enviado. Para corrigir, preenche tudo de novo: fica no lugar do anterior. Para retirar, bastam o recibo e o cartão.
correct-replace = Substituir o envio
correct-withdraw = Retirar o envio
correct-replaced = O teu envio contém agora o que acabaste de mandar.
correct-new = Não havia nenhum envio aberto com este recibo, por isso este foi guardado como novo. Se o anterior é de um período fechado, agora conta duas vezes: retira o novo se não querias isso.
correct-offline = Não enviado: não há ligação. Correções e retiradas não podem esperar neste telefone. Tudo o que escreveste continua aqui; envia mais tarde.
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
refused-repeated-title = Dito duas vezes
refused-repeated = `{ $name }` aparece duas vezes e não se pode saber qual conta: envia-o uma só vez
refused-invalid-title = Há campos para rever
refused-invalid = há campos para rever; nada foi guardado
refused-card-title = Este cartão não está em uso
refused-card = este cartão não está em uso aqui: verifica se é o cartão deste programa e se ainda é válido, ou pede um novo a quem coordena
refused-week-title = Esta semana não está aberta
refused-week = esta semana não está aberta: aceitam-se envios para { $weeks }
refused-week-none = esta semana não está aberta: de momento nenhuma está
refused-no-key = { $why }; aceitam-se envios para { $weeks }
refused-no-key-none = { $why }; de momento nenhuma semana está aberta
refused-period-title = Este período está fechado
refused-period = o período deste envio acabou de ser fechado: não foi aceite, e o que foi enviado antes já não pode ser mudado; aceitam-se envios para { $weeks }
refused-period-none = o período deste envio acabou de ser fechado: não foi aceite, e o que foi enviado antes já não pode ser mudado; de momento nenhuma semana está aberta
refused-withdrawn-title = Este envio foi retirado
refused-withdrawn = este envio foi retirado e o recibo já não serve: manda-o como novo se queres que conte
refused-rate-title = Já chega para esta hora
refused-rate =
    { $limit ->
        [one] este cartão mandou { $limit } envio novo numa hora, que é o máximo: guarda este e manda-o mais tarde, dentro de uma hora no máximo
       *[other] este cartão mandou { $limit } envios novos numa hora, que é o máximo: guarda este e manda-o mais tarde, dentro de uma hora no máximo
    }
refused-none-title = Esse envio não existe
refused-none = não há nenhum envio com este recibo e este cartão num período aberto
refused-busy = estão a chegar mais envios do que se consegue escrever agora; nada foi confirmado. Manda o mesmo envio outra vez daqui a pouco
refused-unavailable-title = Não foi guardado agora
refused-unavailable = o envio não pôde ser guardado agora; nada foi confirmado. Manda o mesmo envio outra vez daqui a pouco

## On this device

device-title = Neste telefone
device-what = Tudo isto está desligado até o ligares, e fica neste telefone. O botão em baixo e «Sair desta página» apagam-no, mesmo sem ligação.
device-card = Lembrar o meu cartão
device-card-what = Isto não se pode proteger. Quem abrir este telefone, ou o copiar, tem o teu cartão e pode enviar por ti.
device-queue = Guardar os envios que não puderam sair
device-queue-what = Cada um é selado de imediato. Ninguém o pode ler neste telefone, nem tu. Vê-se quantos esperam e em que semanas foram escritos.
device-totals = Guardar os meus próprios totais
device-totals-what = Fechados com o teu cartão: só aparecem quando o escreves. Quem encontrar este telefone e também o teu cartão pode lê-los.
device-clear = Apagar tudo isto deste telefone
device-cleared = Tudo o que esta página guardava neste telefone foi apagado. O histórico do navegador não.
device-own = Os meus próprios totais neste telefone (com o que espera, sem as correções feitas depois)
device-failed = Este telefone não conseguiu guardar. Nada se perdeu do formulário.
queue-waiting =
    { $n ->
        [one] { $n } por enviar
       *[other] { $n } por enviar
    }
queue-send = Enviar agora
queue-delete = Apagar
queue-kept = Não enviado: não há ligação. O envio fica selado neste telefone. Segue quando esta página estiver aberta e houver ligação.
queue-offline = Não enviado: não há ligação. Tudo o que escreveste continua aqui; envia mais tarde.
queue-check = Não enviado: não há ligação. Antes de ficar guardado neste telefone, é preciso rever os campos marcados: depois de selado, ninguém o pode corrigir.
queue-full = Não enviado, e já esperam 20 envios, que é o limite. Tudo o que escreveste continua aqui.
queue-sent = O que esperava foi enviado.
queue-refused = Um envio que esperava não foi aceite. Não se pode ler neste telefone: escreve-o de novo e depois apaga-o aqui.
queue-gone = Um envio esperou demasiado. A chave com que foi selado já não existe e ninguém o pode abrir: escreve-o de novo e depois apaga-o aqui.

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
help-not-history = O histórico do teu navegador: o botão «Sair desta página» não o apaga. Se abriste um link com o código do teu cartão, o código também lá está.
help-not-card = Um cartão encontrado contigo mostra que tens um cartão deste programa.
help-not-network = Quem gere a rede vê que este endereço foi aberto.
help-not-host = Enquanto um período está aberto, quem tiver ao mesmo tempo o servidor e o teu cartão pode ler o que esse cartão mandou.
help-not-phone = Se este telefone se lembra do teu cartão, quem abrir ou copiar o telefone tem-no. Os envios que esperam estão selados, e os teus próprios totais estão fechados com o teu cartão.
help-ask = Se a polícia perguntar
help-ask-say = Não tens de dizer que tens um cartão, nem para que serve. Podes pedir um advogado ou uma advogada antes de responder.
help-ask-phone = Conforme o país, a lei pode obrigar-te a desbloquear o telemóvel. Pergunta já a quem coordena como é aqui.
help-ask-card = Um cartão perdido ou tirado deixa de servir com o seu talão: tem-no quem coordena, ou tu. Com o talão não se pode enviar, nem ver o que foi enviado.
help-ask-give = Não podemos entregar uma lista de quem participa, porque não existe.

## Reports

reports-title = Relatórios
reports-same = Os mesmos números para toda a gente, no mesmo momento.
reports-none = Ainda não há nada publicado.
reports-none-next = Ainda não há nada publicado; o próximo relatório é { $period }, em { $day }.
reports-next = O próximo relatório é { $period }, em { $day }.
reports-next-key = O próximo relatório é { $period }, não antes de { $day }: a sua chave privada está guardada longe deste serviço e é trazida nessa altura.
reports-period = Período
reports-weeks = Semanas
reports-published = Publicado em
reports-time = Ao longo do tempo
reports-time-what = os períodos lado a lado, ou somados
report-title = { $programme }: { $period }
report-between = Entre { $low } e { $high }, com 95 % de confiança.
report-bar = { $name }: { $figure }, entre { $low } e { $high }.
report-quality = Qualidade
report-good = boa
report-caution = usar com cautela
report-uncertain = demasiado incerto para usar
report-target-reached = Meta { $value }: atingida
report-target-not = Meta { $value }: não atingida
report-target-unknown = Meta { $value }: não se pode dizer
report-target-how = Uma meta é avaliada pelo intervalo, nunca só pelo número.
report-and = { $first } e { $second }
report-range = { $first } a { $last }
report-by = Por { $by } (desvio-padrão do ruído: { $stdev })
report-name-by = { $name }, por { $by }
report-week = Semana
report-figure = Número
report-interval = Intervalo de 95 %
report-long = { $name }, por { $by }: { $rows } linhas, demasiadas para uma página. A tabela está nos ficheiros.
report-trend = Ao longo do tempo
report-trend-what = Cada barra é o número de um período e o seu traço vertical, o intervalo de 95 %. Uma barra pálida é demasiado incerta para usar.
report-trend-more = Todos os períodos, com a evolução em palavras, e vários somados
report-promise = O que se promete
report-promise-tally = Foi acrescentado ruído a cada número, para que este relatório seja quase igual com ou sem qualquer um dos envios. Não esconde que um cartão fez muitos envios.
report-promise-week = Foi acrescentado ruído a cada número, para que este relatório seja quase igual com ou sem tudo o que um cartão enviou numa semana. Não esconde formalmente que alguém trabalhou o período todo: a tabela mostra quanto menor é então a proteção.
report-promise-period = Foi acrescentado ruído a cada número, para que este relatório seja quase igual com ou sem tudo o que um cartão enviou no período.
report-promise-cost = Em números: privacidade diferencial concentrada (zCDP) com ρ = { $rho }, ou seja, ε = { $epsilon } com δ = { $delta }. Quanto menores, mais protegem.
report-promise-card = A unidade é um cartão, não uma pessoa: dois cartões, ou um cartão e dados passados do papel, são duas unidades. Não se esconde que o programa existiu, nem o que se sabe por outras vias.
report-units = O mesmo ruído, visto para outras unidades (δ = { $delta })
report-unit = Unidade
report-basis = Assenta em
unit-tally = um envio
unit-worker-week = a semana de um cartão
unit-worker-period = o período inteiro de um cartão
unit-encounter = um encontro
basis-itself = a própria garantia
basis-weeks = privacidade de grupo k²ρ, em que k é o número de semanas do período: { $k }
basis-tallies = privacidade de grupo k²ρ, em que k são os envios que um cartão pode fazer no período; um limite habitual, não absoluto
basis-inside = qualquer mudança dentro da unidade protegida
basis-encounter = o máximo que um encontro acrescenta a cada medida
report-limits = O que os números não dizem
report-limits-noise = Cada número traz ruído. Leia o intervalo: uma diferença pequena entre dois números pode ser só ruído.
report-limits-bounded = São totais limitados. O que uma unidade acrescenta a uma medida acima do seu teto não é contado, e os intervalos valem para estes totais.
report-limits-people = Contam o que foi enviado, não pessoas. O trabalho que ninguém enviou não está neles.
report-limits-sums = Nunca some os números de uma tabela. Use uma tabela menos detalhada, ou some as estimativas do ficheiro CSV ou JSON; entre períodos somam-se as variâncias.
report-take = Para levar
report-take-json = a própria publicação
report-take-csv = uma só tabela
report-take-datapackage = descrição do CSV
report-take-xlsx = uma folha de cálculo com notas
report-take-dhis2 = valores de dados
report-take-registry = um rascunho de entrada para o registo de utilizações
report-print = Impressa, esta página torna-se um resumo de uma folha.
report-cite = Como citar
report-cite-as = { $programme }: { $period }. Publicado em { $day }; totais com privacidade diferencial, ρ = { $rho }, ε = { $epsilon }. SHA-256 da publicação: { $digest }
report-made = Feito com peertally { $version }, código { $commit }. SHA-256 do ficheiro do programa: { $config }, do ficheiro da política: { $policy }.

## Several periods

sum-title = { $first } a { $last }, somados
sum-what = Períodos: { $many }, semanas: { $weeks }. Feito com as estimativas e as suas variâncias, nunca com os números impressos.
sum-gap = Não inclui: semanas { $weeks }.
sum-targets = As metas dos períodos, juntas.
sum-name-by = { $name }, por { $by }, períodos somados
sum-left-out = O que fica de fora
sum-promise = Somar o que já está publicado não expõe mais nada.
sum-promise-one = Uma unidade protegida ({ $unit }) está num só período, por isso vale para ela o maior dos custos dos períodos: ρ = { $rho }, ou seja, ε = { $epsilon } com δ = { $delta }.
sum-promise-every = Quem fez envios em cada um destes períodos está exposto à soma dos custos: é a metade direita da tabela. Para quem trabalhou o tempo todo, leia a linha «{ $unit }».
sum-units = ρ e ε (δ = { $delta }); o ε de todos os períodos é um limite superior
sum-one = { $cost } de uma
sum-every = { $cost } de uma em cada período
sum-sources = As publicações de que foi feito
sum-source = { $period }, publicado em { $day }
why-not-counted = não se contou em { $periods }
why-not-counted-here = não se contou
why-units = contado por «{ $first }» em { $before } e por «{ $second }» em { $after }
why-unit = contado por «{ $unit }»
why-week = uma semana está num só período: veja-a no relatório desse período
why-no-table = não há essa tabela em { $periods }
why-categories = as categorias diferem entre { $before } e { $after }
why-categories-here = as categorias diferem
why-cap = o teto era { $first } e depois { $second }, por isso foi cortada outra parte
why-cap-unit = o teto valia para { $first } e depois para { $second }, por isso foi cortada outra parte
why-length = o teto vale para um período inteiro, e eles têm { $first } e { $second } semanas
note-cap = O teto de { $name } é { $first } em { $before } e { $second } em { $after }: a soma junta totais cortados com tetos diferentes.
note-unit = A unidade protegida é { $first } em { $before } e { $second } em { $after }: os tetos cortam outras partes, e a soma junta-as como estão.
note-programme = O programa chamava-se { $first } em { $before } e { $second } em { $after }.
note-ground = As categorias de { $by } mudaram entretanto: pode abranger outra coisa.
time-what = Os períodos lado a lado, feitos só do que foi publicado.
time-refused = Não foi somado
time-choose = Somar
time-button = Somar os períodos escolhidos
time-years = Anos inteiros:
time-how-bars = Como ler: uma barra é o número e o seu traço vertical, o intervalo de 95 %. Uma barra pálida é demasiado incerta para usar. Um traço é a meta. Uma linha pontilhada quer dizer que mudou o que se conta.
time-how-words = «Sobe» e «desce» só se dizem onde o ruído não pode explicar a mudança: todo o intervalo de 95 % da diferença está de um lado. Não dizem porquê: com mais envios também se conta mais. Onde nada mudou, uma comparação em vinte diz mesmo assim sobe ou desce, por acaso.
time-gap = As semanas { $weeks } ficam entre estes períodos e não são mostradas.
time-chart = { $name }, de { $first } a { $last }
time-column = Número, intervalo de 95 % e evolução
time-missing = Não mostrado: { $period }, { $why }.
time-broken = Sem evolução de { $before } para { $after }: { $why }.
time-weekly = { $before } e { $after } são comparados por semana: têm { $first } e { $second }.
time-up = Sobe
time-down = Desce
time-cannot = Não se pode dizer
time-up-since = Sobe em relação a { $period }: entre { $low } e { $high } a mais.
time-down-since = Desce em relação a { $period }: entre { $low } e { $high } a menos.
time-cannot-since = Não se pode dizer desde { $period }: entre { $low } a menos e { $high } a mais.
time-up-week = Sobe em relação a { $period }: entre { $low } e { $high } a mais por semana (semanas: { $first }, depois { $second }).
time-down-week = Desce em relação a { $period }: entre { $low } e { $high } a menos por semana (semanas: { $first }, depois { $second }).
time-cannot-week = Não se pode dizer desde { $period }: entre { $low } a menos e { $high } a mais por semana (semanas: { $first }, depois { $second }).
time-no-trend = Sem evolução desde { $period }: { $why }.
time-nothing = Nada com que comparar.
time-too-many = Podem escolher-se no máximo { $most } períodos de uma vez, e são { $many }: escolha menos.
time-not-period = «{ $name }» não é um período: um trimestre escreve-se 2025-Q1, um mês 2025-M03.
time-no-release = { $period } ainda não está publicado: escolha da lista.
time-unreadable = A publicação de { $period } não pode ser lida agora: deixe-a de fora, ou tente mais tarde.
time-too-few = Para somar são precisos dois períodos ou mais: escolha outro, ou leia o relatório deste.
time-twice = { $period } está duas vezes: indique cada período uma vez.
time-overlap = { $first } e { $second } sobrepõem-se: as semanas comuns seriam contadas duas vezes. Deixe um deles de fora.

## The log

audit-what = Cada passo na vida de um período é uma entrada de um registo público que só pode crescer. Nunca diz quantos envios houve, nem de quem.
audit-verified = O registo foi lido dos seus ficheiros públicos e verificado ao fazer esta página.
audit-periods = Como estão os períodos
audit-state = Estado
audit-opened = Aberto em
audit-spent = Orçamento gasto (ρ)
state-open = recebe envios
state-closing = já não recebe envios, ainda não publicado
state-debited = orçamento gasto, a publicar
state-released = publicado; as suas chaves ainda não estão destruídas
state-shredded = publicado; as suas chaves estão destruídas
audit-keep = Guarde hoje uma cópia
audit-keep-what = Guarde o ponto de controlo e anote a chave, onde este serviço não chegue. Compare da próxima vez: quem tem um ponto de controlo antigo pode notar que o registo foi reescrito.
audit-save = Guardar este ponto de controlo
audit-key = Chave de verificação
audit-checkpoint = Ponto de controlo
audit-run = Verifique por si
audit-run-what = Em qualquer computador que tenha o programa, só com os ficheiros públicos. ADDRESS é o endereço deste serviço, «checkpoint» o ficheiro que guardou da última vez.
audit-files = Os ficheiros:
audit-entries = Todas as entradas
audit-entry = Entrada
audit-day = Dia
audit-event = O que aconteceu
event-programme = um ficheiro de programa vale a partir do próximo período
event-policy = um ficheiro de política vale a partir de agora
event-opened = o período recebe envios
event-closing = o período já não recebe envios
event-debited = o seu orçamento está gasto, antes de se gerar ruído
event-published = a sua publicação fica fixada
event-destroyed = as suas chaves estão destruídas
proof-title = No registo
proof-held = O registo contém o SHA-256 desta publicação: entrada { $index } de { $size }. A prova foi verificada ao fazer esta página.
proof-sha = SHA-256 da publicação
proof-how = A prova, e como verificá-la
proof-entry = Entrada { $index }, byte por byte
proof-leaf = Resumo da folha
proof-path = Caminho (resumos vizinhos, a partir da folha)
proof-root = Raiz do registo, com { $size } entradas
proof-file = Pegue no ficheiro JSON e calcule o seu SHA-256. Tem de ser o de cima, e o da entrada.
proof-tree = O resumo da folha é o SHA-256 de um byte zero seguido dos bytes da entrada. A partir daí, cada passo é o SHA-256 de um byte 1, do resumo esquerdo e do direito (RFC 9162, secção 2.1.3.2, com índice { $index } e tamanho { $size }). Tem de acabar na raiz.
proof-checkpoint = A raiz, em base64, é a terceira linha do ponto de controlo enquanto tiver { $size } entradas; o ponto de controlo tem de estar assinado pela chave que o programa lhe deu.
proof-once = Ou tudo de uma vez, com o endereço deste serviço como ADDRESS e essa chave como KEY:
proof-missing = O registo não pôde ser lido agora: verifique no ponto de controlo.
audit-shows = O que isto mostra: o que foi publicado é o que foi registado, uma vez por período, dentro do orçamento.
audit-not = O que não pode mostrar: que as contagens eram verdadeiras, ou que o ruído foi gerado como se diz.

## What is kept

policy-what = Esta página é feita do ficheiro da política com que o programa é comparado em cada arranque: recusa-se a funcionar se guardar outra coisa.
policy-language = As entradas estão aqui na língua do ficheiro da política.
policy-notice = Aviso de proteção de dados
policy-legal = Se uma autoridade perguntar ou apreender
policy-json = Em JSON
policy-never = O que nunca se guarda
policy-who = Quem vê o quê
policy-may = Pode ver:
policy-may-not = Nunca pode ver:
policy-all = Tudo o que se guarda
policy-where = Onde
policy-form = Forma
policy-why = Porquê
policy-long = Quanto tempo
policy-seen = Visto por
policy-destroyed = Destruído por

## The cards sheet

cards-title = Cartões
cards-type = Escreve este código:
cards-type-or = ou escreve este código:
cards-open = Aponta a câmara ao quadrado, ou abre
cards-open-blank = Abre este endereço:
cards-send = Envia o que fizeste, semana a semana. Não se pede nome nenhum.
cards-keep = Guarda este cartão como uma chave: quem o tiver pode enviar por ti.
cards-stub = Destaca esta parte e guarda-a noutro sítio. Se perderes o cartão, este código desliga-o; não serve para mais nada.

## Pages that are not there

missing-title = Aqui não há nada
missing-period = Isto não é um período: um trimestre escreve-se 2025-Q1, um mês 2025-M03.
missing-release-title = Ainda não publicado
missing-release = Este período não foi publicado. A lista de relatórios diz quando será o próximo.
reading-busy-title = Um momento, por favor
reading-busy = Muitas pessoas estão a ler agora, e as páginas são feitas uma de cada vez. Carregue esta página de novo dentro de alguns segundos.
