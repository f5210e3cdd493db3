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

form-again = Hay que revisarlo
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
week-before = La semana anterior

## After sending

receipt-title = Gracias
receipt-practice = Práctica: no se ha guardado nada.
receipt-stored = Tu envío está guardado.
receipt-same = Tu envío ya estaba aquí y contiene lo último que mandaste.
receipt-number = Tu recibo:
receipt-what = Con este número y tu tarjeta, el envío se puede corregir o retirar hasta que cierre su periodo. No hace falta que lo guardes.
receipt-another = Enviar otro

## Correct or withdraw

correct-title = Corregir o retirar
correct-how = Escribe el recibo y la tarjeta con que se envió. Para corregir, rellena todo de nuevo: ocupa el lugar del anterior. Para retirar, bastan el recibo y la tarjeta.
correct-replace = Sustituir el envío
correct-withdraw = Retirar el envío
correct-replaced = Tu envío contiene ahora lo que acabas de mandar.
correct-new = No había ningún envío abierto con este recibo, así que este se guarda como nuevo. Si el anterior es de un periodo cerrado, ahora cuenta dos veces: retira el nuevo si no querías eso.
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
refused-invalid-title = Hay campos que revisar
refused-invalid = hay campos que revisar; no se ha guardado nada
refused-card-title = Esta tarjeta no está en uso
refused-card = esta tarjeta no está en uso aquí: comprueba que es la tarjeta de este programa y que no ha caducado, o pide una nueva a quien coordina
refused-week-title = Esta semana no está abierta
refused-week = esta semana no está abierta: se aceptan envíos para { $weeks }
refused-week-none = esta semana no está abierta: ahora mismo no lo está ninguna
refused-no-key = { $why }; se aceptan envíos para { $weeks }
refused-no-key-none = { $why }; ahora mismo no hay ninguna semana abierta
refused-withdrawn-title = Este envío fue retirado
refused-withdrawn = este envío fue retirado y su recibo ya no sirve: mándalo como nuevo si quieres que cuente
refused-quota-title = Ya basta para esta semana
refused-quota =
    { $limit ->
        [one] esta tarjeta ha mandado { $limit } envío para esta semana, que es el límite: mejor corrígelo
       *[other] esta tarjeta ha mandado { $limit } envíos para esta semana, que es el límite: mejor corrige uno de ellos
    }
refused-none-title = No existe ese envío
refused-none = no hay ningún envío con este recibo y esta tarjeta en un periodo abierto
refused-unavailable-title = No se ha guardado por ahora
refused-unavailable = el envío no se ha podido guardar por ahora; no se ha confirmado nada. Manda el mismo envío otra vez dentro de un momento

## On this device

device-title = En este teléfono
device-what = Todo esto está apagado hasta que lo actives. Se guarda bajo llave y solo en este teléfono; aun así, quien abra esta página en este teléfono puede usarlo. «Salir de esta página» también lo borra.
device-card = Recordar mi tarjeta
device-queue = Guardar hasta 7 días los envíos que no pudieron salir
device-totals = Guardar mis propios totales
device-clear = Borrar todo esto de este teléfono
device-cleared = Ya no se guarda nada en este teléfono.
device-own = Mis propios totales en este teléfono (sin las correcciones posteriores)
device-failed = Este teléfono no ha podido guardarlo. No se ha perdido nada del formulario.
queue-waiting =
    { $n ->
        [one] { $n } sin enviar
       *[other] { $n } sin enviar
    }
queue-send = Enviar ahora
queue-delete = Borrar
queue-look = Revisarlo
queue-kept = No enviado: no hay conexión. Queda guardado en este teléfono y se enviará cuando la haya.
queue-offline = No enviado: no hay conexión. Todo lo que escribiste sigue aquí; envíalo más tarde.
queue-full = No enviado, y ya esperan 20 envíos, que es el límite. Todo lo que escribiste sigue aquí.
queue-sent = Lo que esperaba se ha enviado.
queue-expired = Un envío esperó más de 7 días. Se ha borrado sin enviarse.
queue-refused = No aceptado:

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
help-not-history = El historial de tu navegador: el botón «Salir de esta página» no lo borra.
help-not-card = Una tarjeta que te encuentren muestra que tienes una tarjeta de este programa.
help-not-network = Quien maneja la red ve que se abrió esta dirección.
help-not-host = Mientras un periodo está abierto, quien tenga a la vez el servidor y tu tarjeta puede leer lo que esa tarjeta mandó.
help-not-phone = Lo que actives para guardarlo en este teléfono lo puede usar quien abra el teléfono.
help-ask = Si la policía pregunta
help-ask-say = No tienes que decir que tienes una tarjeta ni para qué sirve. Puedes pedir que esté presente tu defensa antes de contestar.
help-ask-phone = No tienes que desbloquear tu teléfono, salvo que la ley del lugar lo diga: pregunta a quien coordina qué vale aquí, antes de necesitarlo.
help-ask-card = Una tarjeta perdida o quitada deja de servir con su talón: lo tiene quien coordina, o lo tienes tú. Con el talón no se puede enviar, ni ver lo que se envió.
help-ask-give = No podemos entregar una lista de quienes participan, porque no existe.

## Pages that are not there

missing-title = Aquí no hay nada
missing-period = Esto no es un periodo: un trimestre se escribe 2025-Q1, un mes 2025-M03.
missing-release-title = Aún no publicado
missing-release = Este periodo no se ha publicado. La lista de informes dice cuándo será el próximo.
