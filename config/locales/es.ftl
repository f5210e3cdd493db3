# Español. Las mismas claves y variables que en.ftl.
# status: not yet read by a native speaker

## Every page

frame-leave = Salir de esta página
frame-languages = Idiomas
frame-pages = Páginas
frame-unchecked = Esta traducción aún no la ha revisado una persona nativa.
nav-form = Formulario
nav-practice = Práctica
nav-correct = Corregir o retirar
nav-paper = En papel
nav-reports = Informes
nav-policy = Qué se guarda
nav-audit = Comprobar el registro
nav-help = Ayuda

## The form

form-practice-mark = Práctica: se ve igual, no guarda nada.
form-no-week = Ahora mismo no hay ninguna semana abierta.
form-no-key = { $period } todavía no acepta envíos: no se ha entregado la clave con la que se sellan. Guarda tu envío y avisa a la coordinación
form-nothing-stored = No se ha guardado nada.
form-nothing-lost = No se pierde nada de lo que escribiste.
form-card = Tarjeta
form-week = Semana
form-counts = Rellena lo que contaste; deja lo demás en blanco
form-counts-short = Cantidades
form-receipt = Recibo
form-receipt-this = Recibo de este envío:
form-choose = Elige
form-more = Uno más: { $what }
form-less = Uno menos: { $what }
form-send = Enviar
form-why = Por qué preguntamos
form-why-asked = Lo pide: { $who }. En un envío caben hasta { $max }.
form-practise = Practica primero
form-practise-what = El mismo formulario, no se guarda nada.
week-this = Esta semana
week-last = La semana pasada
week-before = Hace dos semanas

## After sending

receipt-title = Gracias
receipt-practice = Práctica: no se ha guardado nada.
receipt-stored = Tu envío está guardado.
receipt-same = Tu envío ya estaba aquí y contiene lo último que mandaste.
receipt-number = Tu recibo:
receipt-what = Con este número y tu tarjeta, el envío se puede corregir o retirar hasta que cierre su periodo. No hace falta que lo guardes.
receipt-sent = Lo que enviaste
receipt-another = Enviar otro
sent-once = Esta página se muestra una sola vez: si quieres guardar el número, apúntalo ahora.
sent-gone = Una página como esta se muestra una sola vez, y solo durante unos minutos.
sent-gone-again = Si tienes su recibo y no sabes si tu envío llegó, mándalo otra vez en «Corregir o retirar» con ese recibo: cuenta una sola vez.

## Correct or withdraw

correct-title = Corregir o retirar
correct-how = Escribe el recibo y la tarjeta con que se envió. Para corregir, rellena todo de nuevo: ocupa el lugar del anterior. Para retirar, bastan el recibo y la tarjeta.
correct-replace = Sustituir el envío
correct-withdraw = Retirar el envío
correct-replaced = Tu envío contiene ahora lo que acabas de mandar.
correct-new = No había ningún envío abierto con este recibo, así que este se guarda como nuevo. Si el anterior es de un periodo cerrado, ahora cuenta dos veces: retira el nuevo si no querías eso.
correct-offline = No enviado: no hay conexión. Las correcciones y los retiros no pueden esperar en este teléfono. Todo lo que escribiste sigue aquí; envíalo más tarde.
withdrawn-title = Retirado
withdrawn-what = Tu envío queda retirado y no se contará.
withdrawn-spent = Su recibo ya no sirve. Si cambias de idea, mándalo otra vez como nuevo.

## What can be wrong

problem-missing = falta esto: elige una opción
problem-not-text = esto tiene que ser texto
problem-not-object = esto tiene que ser un objeto con un número para cada medida
problem-unknown-field = el programa no pide este campo: quítalo
problem-unknown-category = esto no está en la lista: elige entre { $list }
problem-no-count = rellena al menos una cantidad; cero es una cantidad, en blanco no
problem-not-whole = escribe un número entero de 0 a { $max }, o déjalo en blanco
problem-too-large = es más de lo que cabe en un envío ({ $max }): revisa el número, o manda el resto en otro envío
problem-week = esto no es una semana de la lista: elige una
problem-receipt-length = un recibo tiene 16 cifras
problem-receipt-check = la cifra de control del recibo no es correcta: compáralo cifra por cifra con lo que anotaste
problem-card-length = un código tiene 20 letras y cifras, en cuatro grupos de cinco
problem-card-symbol = un código solo tiene cifras y letras, y nunca la letra U
problem-card-check = hay un error al escribir el código: compáralo letra por letra con el papel
problem-card-stub = este es el código del talón, que solo puede anular: escribe el código de la propia tarjeta
refused-unreadable-title = No se puede leer
refused-unreadable = no se ha podido leer: vuelve al formulario y envíalo desde allí
refused-repeated-title = Dicho dos veces
refused-repeated = `{ $name }` está dos veces y no se puede saber cuál cuenta: mándalo una sola vez
refused-invalid-title = Hay campos que revisar
refused-invalid = hay campos que revisar; no se ha guardado nada
refused-card-title = Esta tarjeta no está en uso
refused-card = esta tarjeta no está en uso aquí: comprueba que es la tarjeta de este programa y que no ha caducado, o pide una nueva a quien coordina
refused-week-title = Esta semana no está abierta
refused-week = esta semana no está abierta: se aceptan envíos para { $weeks }
refused-week-none = esta semana no está abierta: ahora mismo no lo está ninguna
refused-no-key = { $why }; se aceptan envíos para { $weeks }
refused-no-key-none = { $why }; ahora mismo no hay ninguna semana abierta
refused-period-title = Este periodo está cerrado
refused-period = el periodo de este envío se acaba de cerrar: no se ha aceptado, y lo enviado antes ya no se puede cambiar; se aceptan envíos para { $weeks }
refused-period-none = el periodo de este envío se acaba de cerrar: no se ha aceptado, y lo enviado antes ya no se puede cambiar; ahora mismo no hay ninguna semana abierta
refused-withdrawn-title = Este envío fue retirado
refused-withdrawn = este envío fue retirado y su recibo ya no sirve: mándalo como nuevo si quieres que cuente
refused-rate-title = Ya basta para esta hora
refused-rate =
    { $limit ->
        [one] esta tarjeta ha mandado { $limit } envío nuevo en una hora, que es el máximo: guarda este y mándalo más tarde, en una hora como mucho
       *[other] esta tarjeta ha mandado { $limit } envíos nuevos en una hora, que es el máximo: guarda este y mándalo más tarde, en una hora como mucho
    }
refused-none-title = No existe ese envío
refused-none = no hay ningún envío con este recibo y esta tarjeta en un periodo abierto
refused-busy = llegan más envíos de los que se pueden escribir ahora; no se ha confirmado nada. Manda el mismo envío otra vez dentro de un momento
refused-unavailable-title = No se ha guardado por ahora
refused-unavailable = el envío no se ha podido guardar por ahora; no se ha confirmado nada. Manda el mismo envío otra vez dentro de un momento

## On this device

device-title = En este teléfono
device-what = Todo esto está apagado hasta que lo actives, y se queda en este teléfono. El botón de abajo y «Salir de esta página» lo borran, también sin conexión.
device-card = Recordar mi tarjeta
device-card-what = Esto no se puede proteger. Quien abra este teléfono, o lo copie, tiene tu tarjeta y puede enviar en tu lugar.
device-queue = Guardar los envíos que no pudieron salir
device-queue-what = Cada uno se sella al momento. Nadie puede leerlo en este teléfono, tú tampoco. Sí se puede ver cuántos esperan y en qué semanas se escribieron.
device-totals = Guardar mis propios totales
device-totals-what = Cerrados con tu tarjeta: solo se muestran cuando la escribes. Quien encuentre este teléfono y también tu tarjeta puede leerlos.
device-clear = Borrar todo esto de este teléfono
device-cleared = Todo lo que esta página guardaba en este teléfono está borrado. El historial del navegador, no.
device-own = Mis propios totales en este teléfono (con lo que espera, sin las correcciones posteriores)
device-failed = Este teléfono no ha podido guardarlo. No se ha perdido nada del formulario.
queue-waiting =
    { $n ->
        [one] { $n } sin enviar
       *[other] { $n } sin enviar
    }
queue-send = Enviar ahora
queue-delete = Borrar
queue-kept = No enviado: no hay conexión. Queda sellado en este teléfono. Se enviará cuando esta página esté abierta y haya conexión.
queue-offline = No enviado: no hay conexión. Todo lo que escribiste sigue aquí; envíalo más tarde.
queue-check = No enviado: no hay conexión. Antes de guardarlo en este teléfono hay que revisar los campos marcados: una vez sellado, nadie puede corregirlo.
queue-full = No enviado, y ya esperan 20 envíos, que es el límite. Todo lo que escribiste sigue aquí.
queue-sent = Lo que esperaba se ha enviado.
queue-refused = Un envío que esperaba no fue aceptado. No se puede leer en este teléfono: escríbelo otra vez y después bórralo aquí.
queue-gone = Un envío esperó demasiado. La clave con la que se selló ya no existe y nadie puede abrirlo: escríbelo otra vez y después bórralo aquí.

## On paper

paper-title = En papel
paper-how = Imprime esta página y rellénala con bolígrafo. Una hoja es un envío. No escribas en ella ningún nombre ni código de tarjeta. Pásala más tarde, o dásela a quien pasa las hojas.
paper-week = Semana (por ejemplo { $week })
paper-tick = Marca una
paper-after = Cuando esté pasada, rompe esta hoja.

## Help

help-title = Ayuda
help-send = Hacer un envío
help-send-what = Escribe el código de tu tarjeta, elige semana, zona y lugar, rellena lo que contaste y envía. En blanco vale, y no es lo mismo que cero. Un número equivocado se puede corregir, y un envío se puede retirar, hasta que cierre el periodo: con tu tarjeta y el recibo. Después queda como se contó: mandarlo otra vez para una semana posterior lo contaría dos veces.
help-hold = Qué guardamos
help-hold-what = Ningún nombre, ninguna dirección, ninguna hora. Un envío se guarda con un seudónimo que no vale nada cuando cierra el periodo, y sellado: hasta entonces, ni el propio servicio puede volver a leerlo.
help-hold-all = Todo, campo por campo
help-notice = Como aviso para imprimir
help-legal = Qué puede entregar cada incautación y qué no
help-not = Lo que no podemos proteger
help-not-history = El historial de tu navegador: el botón «Salir de esta página» no lo borra. Si abriste un enlace con el código de tu tarjeta, el código también está ahí.
help-not-card = Una tarjeta que te encuentren muestra que tienes una tarjeta de este programa.
help-not-network = Quien maneja la red ve que se abrió esta dirección.
help-not-host = Mientras un periodo está abierto, quien tenga a la vez el servidor y tu tarjeta puede leer lo que esa tarjeta mandó.
help-not-phone = Si este teléfono recuerda tu tarjeta, quien abra o copie el teléfono la tiene. Los envíos que esperan están sellados, y tus propios totales, cerrados con tu tarjeta.
help-ask = Si la policía pregunta
help-ask-say = No tienes que decir que tienes una tarjeta ni para qué sirve. Puedes pedir que esté presente tu defensa antes de contestar.
help-ask-phone = Según el país, la ley puede obligarte a desbloquear el teléfono. Pregunta ya a quien coordina qué dice la ley aquí.
help-ask-card = Una tarjeta perdida o quitada deja de servir con su talón: lo tiene quien coordina, o lo tienes tú. Con el talón no se puede enviar, ni ver lo que se envió.
help-ask-give = No podemos entregar una lista de quienes participan, porque no existe.

## Reports

reports-title = Informes
reports-same = Las mismas cifras para todo el mundo, en el mismo momento.
reports-none = Todavía no hay nada publicado.
reports-none-next = Todavía no hay nada publicado; el próximo informe es { $period }, el { $day }.
reports-next = El próximo informe es { $period }, el { $day }.
reports-next-key = El próximo informe es { $period }, no antes del { $day }: su clave privada se guarda lejos de este servicio y se trae entonces.
reports-period = Período
reports-weeks = Semanas
reports-published = Publicado el
reports-time = A lo largo del tiempo
reports-time-what = los períodos uno junto a otro, o sumados
report-title = { $programme }: { $period }
report-between = Entre { $low } y { $high }, con una confianza del 95 %.
report-bar = { $name }: { $figure }, entre { $low } y { $high }.
report-quality = Calidad
report-good = buena
report-caution = usar con cautela
report-uncertain = demasiado incierto para usarlo
report-target-reached = Meta { $value }: alcanzada
report-target-not = Meta { $value }: no alcanzada
report-target-unknown = Meta { $value }: no se puede decir
report-target-how = Una meta se juzga por el intervalo, nunca por la cifra sola.
report-and = { $first } y { $second }
report-range = { $first } a { $last }
report-by = Por { $by } (desviación típica del ruido: { $stdev })
report-name-by = { $name }, por { $by }
report-week = Semana
report-figure = Cifra
report-interval = Intervalo del 95 %
report-long = { $name }, por { $by }: { $rows } filas, demasiadas para una página. La tabla está en los archivos.
report-trend = A lo largo del tiempo
report-trend-what = Cada barra es la cifra de un período y su línea vertical, el intervalo del 95 %. Una barra pálida es demasiado incierta para usarla.
report-trend-more = Todos los períodos, con su evolución en palabras, y varios sumados
report-promise = Lo que se promete
report-promise-tally = A cada cifra se le ha añadido ruido, para que este informe sea casi igual con o sin cualquiera de los envíos. No oculta que una tarjeta hizo muchos envíos.
report-promise-week = A cada cifra se le ha añadido ruido, para que este informe sea casi igual con o sin todo lo que una tarjeta envió en una semana. No oculta formalmente que alguien trabajó todo el período: la tabla muestra cuánto menor es entonces la protección.
report-promise-period = A cada cifra se le ha añadido ruido, para que este informe sea casi igual con o sin todo lo que una tarjeta envió en el período.
report-promise-cost = En cifras: privacidad diferencial concentrada (zCDP) con ρ = { $rho }, es decir, ε = { $epsilon } con δ = { $delta }. Cuanto menores, más protegen.
report-promise-card = La unidad es una tarjeta, no una persona: dos tarjetas, o una tarjeta y datos pasados del papel, son dos unidades. No se oculta que el programa existió, ni lo que se sabe por otras vías.
report-units = El mismo ruido, visto para otras unidades (δ = { $delta })
report-unit = Unidad
report-basis = Se basa en
unit-tally = un envío
unit-worker-week = la semana de una tarjeta
unit-worker-period = el período entero de una tarjeta
unit-encounter = un encuentro
basis-itself = la garantía misma
basis-weeks = privacidad de grupo k²ρ, donde k es el número de semanas del período: { $k }
basis-tallies = privacidad de grupo k²ρ, donde k son los envíos que una tarjeta puede hacer en el período; un límite habitual, no absoluto
basis-inside = cualquier cambio dentro de la unidad protegida
basis-encounter = lo máximo que un encuentro añade a cada medida
report-limits = Lo que las cifras no dicen
report-limits-noise = Cada cifra lleva ruido. Mire el intervalo: una diferencia pequeña entre dos cifras puede ser solo ruido.
report-limits-bounded = Son totales acotados. Lo que una unidad añade a una medida por encima de su tope no se cuenta, y los intervalos valen para estos totales.
report-limits-people = Cuentan lo que se envió, no personas. El trabajo que nadie envió no está en ellas.
report-limits-sums = Nunca sume las cifras de una tabla. Use una tabla menos detallada, o sume las estimaciones del archivo CSV o JSON; entre períodos se suman las varianzas.
report-take = Para llevar
report-take-json = la publicación misma
report-take-csv = una sola tabla
report-take-datapackage = descripción del CSV
report-take-xlsx = un libro de cálculo con notas
report-take-dhis2 = valores de datos
report-take-registry = un borrador de entrada para el registro de usos
report-print = Impresa, esta página se convierte en un resumen de una hoja.
report-cite = Cómo citar
report-cite-as = { $programme }: { $period }. Publicado el { $day }; totales con privacidad diferencial, ρ = { $rho }, ε = { $epsilon }. SHA-256 de la publicación: { $digest }
report-made = Hecho con peertally { $version }, código { $commit }. SHA-256 del archivo del programa: { $config }, del archivo de la política: { $policy }.

## Several periods

sum-title = { $first } a { $last }, sumados
sum-what = Períodos: { $many }, semanas: { $weeks }. Hecho con las estimaciones y sus varianzas, nunca con las cifras impresas.
sum-gap = No incluye: semanas { $weeks }.
sum-targets = Las metas de los períodos, juntas.
sum-name-by = { $name }, por { $by }, períodos sumados
sum-left-out = Lo que queda fuera
sum-promise = Sumar lo que ya está publicado no expone nada más.
sum-promise-one = Una unidad protegida ({ $unit }) está en un solo período, así que vale para ella el mayor de los costes de los períodos: ρ = { $rho }, es decir, ε = { $epsilon } con δ = { $delta }.
sum-promise-every = Quien hizo envíos en cada uno de estos períodos está expuesto a la suma de sus costes: es la mitad derecha de la tabla. Para quien trabajó todo el tiempo, lea la fila «{ $unit }».
sum-units = ρ y ε (δ = { $delta }); el ε de todos los períodos es una cota superior
sum-one = { $cost } de una
sum-every = { $cost } de una en cada período
sum-sources = Las publicaciones de las que salió
sum-source = { $period }, publicado el { $day }
why-not-counted = no se contó en { $periods }
why-not-counted-here = no se contó
why-units = contado por «{ $first }» en { $before } y por «{ $second }» en { $after }
why-unit = contado por «{ $unit }»
why-week = una semana está en un solo período: véala en el informe de ese período
why-no-table = no hay esa tabla en { $periods }
why-categories = las categorías difieren entre { $before } y { $after }
why-categories-here = las categorías difieren
why-cap = el tope era { $first } y luego { $second }, así que se cortó otra parte
why-cap-unit = el tope valía para { $first } y luego para { $second }, así que se cortó otra parte
why-length = el tope vale para un período entero, y tienen { $first } y { $second } semanas
note-cap = El tope de { $name } es { $first } en { $before } y { $second } en { $after }: la suma junta totales cortados con topes distintos.
note-unit = La unidad protegida es { $first } en { $before } y { $second } en { $after }: los topes cortan otras partes, y la suma las junta como están.
note-programme = El programa se llamaba { $first } en { $before } y { $second } en { $after }.
note-ground = Las categorías de { $by } cambiaron entretanto: puede abarcar otra cosa.
time-what = Los períodos uno junto a otro, hechos solo de lo publicado.
time-refused = No se ha sumado
time-choose = Sumar
time-button = Sumar los períodos elegidos
time-years = Años enteros:
time-how-bars = Cómo leerlo: una barra es la cifra y su línea vertical, el intervalo del 95 %. Una barra pálida es demasiado incierta para usarla. Una raya es la meta. Una línea de puntos significa que cambió lo que se cuenta.
time-how-words = «Sube» y «baja» se dicen solo donde el ruido no puede explicar el cambio: todo el intervalo del 95 % de la diferencia está a un lado. No dicen por qué: con más envíos también se cuenta más. Donde nada cambió, una comparación de cada veinte dice aun así que sube o baja, por azar.
time-gap = Las semanas { $weeks } están entre estos períodos y no se muestran.
time-chart = { $name }, de { $first } a { $last }
time-column = Cifra, intervalo del 95 % y evolución
time-missing = No se muestra: { $period }, { $why }.
time-broken = Sin evolución de { $before } a { $after }: { $why }.
time-weekly = { $before } y { $after } se comparan por semana: tienen { $first } y { $second }.
time-up = Sube
time-down = Baja
time-cannot = No se puede decir
time-up-since = Sube respecto a { $period }: entre { $low } y { $high } más.
time-down-since = Baja respecto a { $period }: entre { $low } y { $high } menos.
time-cannot-since = No se puede decir desde { $period }: entre { $low } menos y { $high } más.
time-up-week = Sube respecto a { $period }: entre { $low } y { $high } más por semana (semanas: { $first }, luego { $second }).
time-down-week = Baja respecto a { $period }: entre { $low } y { $high } menos por semana (semanas: { $first }, luego { $second }).
time-cannot-week = No se puede decir desde { $period }: entre { $low } menos y { $high } más por semana (semanas: { $first }, luego { $second }).
time-no-trend = Sin evolución desde { $period }: { $why }.
time-nothing = Nada con que comparar.
time-too-many = Se pueden elegir { $most } períodos a la vez como mucho, y son { $many }: elija menos.
time-not-period = «{ $name }» no es un período: un trimestre se escribe 2025-Q1, un mes 2025-M03.
time-no-release = { $period } todavía no está publicado: elija de la lista.
time-unreadable = La publicación de { $period } no se puede leer ahora: déjela fuera, o inténtelo más tarde.
time-too-few = Para sumar hacen falta dos períodos o más: elija otro, o lea el informe de este.
time-twice = { $period } está nombrado dos veces: nombre cada período una vez.
time-overlap = { $first } y { $second } se solapan: las semanas comunes se contarían dos veces. Deje fuera uno de los dos.

## The log

audit-what = Cada paso en la vida de un período es una entrada de un registro público que solo puede crecer. Nunca dice cuántos envíos hubo, ni de quién.
audit-verified = El registro se leyó de sus archivos públicos y se comprobó al hacer esta página.
audit-periods = Cómo están los períodos
audit-state = Estado
audit-opened = Abierto el
audit-spent = Presupuesto gastado (ρ)
state-open = recibe envíos
state-closing = ya no recibe envíos, todavía sin publicar
state-debited = presupuesto gastado, se está publicando
state-released = publicado; sus claves todavía no están destruidas
state-shredded = publicado; sus claves están destruidas
audit-keep = Guarde hoy una copia
audit-keep-what = Guarde el punto de control y apunte la clave, en un sitio al que este servicio no llegue. Compárelos la próxima vez: quien tiene un punto de control antiguo puede ver si el registro se reescribió.
audit-save = Guardar este punto de control
audit-key = Clave de verificación
audit-checkpoint = Punto de control
audit-run = Compruébelo usted
audit-run-what = En cualquier ordenador que tenga el programa, solo con los archivos públicos. ADDRESS es la dirección de este servicio, «checkpoint» el archivo que guardó la última vez.
audit-files = Los archivos:
audit-entries = Todas las entradas
audit-entry = Entrada
audit-day = Día
audit-event = Qué pasó
event-programme = un archivo de programa vale desde el próximo período
event-policy = un archivo de política vale desde ahora
event-opened = el período recibe envíos
event-closing = el período ya no recibe envíos
event-debited = su presupuesto está gastado, antes de generar ruido
event-published = su publicación queda fijada
event-destroyed = sus claves están destruidas
proof-title = En el registro
proof-held = El registro contiene el SHA-256 de esta publicación: entrada { $index } de { $size }. La prueba se comprobó al hacer esta página.
proof-sha = SHA-256 de la publicación
proof-how = La prueba, y cómo comprobarla usted
proof-entry = Entrada { $index }, byte por byte
proof-leaf = Resumen de la hoja
proof-path = Camino (resúmenes vecinos, desde la hoja)
proof-root = Raíz del registro, con { $size } entradas
proof-file = Tome el archivo JSON y calcule su SHA-256. Tiene que ser el de arriba, y el de la entrada.
proof-tree = El resumen de la hoja es el SHA-256 de un byte cero seguido de los bytes de la entrada. Desde ahí, cada paso es el SHA-256 de un byte 1, el resumen izquierdo y el derecho (RFC 9162, sección 2.1.3.2, con índice { $index } y tamaño { $size }). Tiene que acabar en la raíz.
proof-checkpoint = La raíz, en base64, es la tercera línea del punto de control mientras tenga { $size } entradas; el punto de control tiene que estar firmado por la clave que le dio el programa.
proof-once = O todo a la vez, con la dirección de este servicio como ADDRESS y esa clave como KEY:
proof-missing = El registro no se pudo leer ahora: compruébelo usted en el punto de control.
audit-shows = Lo que esto muestra: lo publicado es lo registrado, una vez por período, dentro del presupuesto.
audit-not = Lo que no puede mostrar: que los recuentos eran ciertos, o que el ruido se generó como se dice.

## What is kept

policy-what = Esta página está hecha del archivo de política con el que se compara el programa en cada arranque: se niega a funcionar si guarda algo más.
policy-language = Las entradas están aquí en la lengua del archivo de política.
policy-notice = Aviso de protección de datos
policy-legal = Si una autoridad pregunta o incauta
policy-json = En JSON
policy-never = Lo que nunca se guarda
policy-who = Quién ve qué
policy-may = Puede ver:
policy-may-not = Nunca puede ver:
policy-all = Todo lo que se guarda
policy-where = Dónde
policy-form = Forma
policy-why = Por qué
policy-long = Cuánto tiempo
policy-seen = Lo ve
policy-destroyed = Lo destruye

## The cards sheet

cards-title = Tarjetas
cards-type = Escribe este código:
cards-type-or = o escribe este código:
cards-open = Apunta la cámara al cuadrado, o abre
cards-open-blank = Abre esta dirección:
cards-send = Envía lo que hiciste, semana a semana. No se pide ningún nombre.
cards-keep = Guarda esta tarjeta como una llave: quien la tenga puede enviar en tu lugar.
cards-stub = Arranca este trozo y guárdalo en otro sitio. Si pierdes la tarjeta, este código la desactiva; no sirve para nada más.

## Pages that are not there

missing-title = Aquí no hay nada
missing-period = Esto no es un periodo: un trimestre se escribe 2025-Q1, un mes 2025-M03.
missing-release-title = Aún no publicado
missing-release = Este periodo no se ha publicado. La lista de informes dice cuándo será el próximo.
reading-busy-title = Un momento, por favor
reading-busy = Muchas personas están leyendo ahora y las páginas se preparan una a una. Vuelva a cargar esta página en unos segundos.
