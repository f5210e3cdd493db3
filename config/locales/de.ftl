# Deutsch. Dieselben Schlüssel und Variablen wie en.ftl.
# status: not yet read by a native speaker

## Every page

frame-leave = Seite verlassen
frame-languages = Sprachen
frame-pages = Seiten
frame-unchecked = Diese Übersetzung hat noch niemand gelesen, dessen Muttersprache das ist.
nav-form = Formular
nav-practice = Üben
nav-correct = Ändern oder zurückziehen
nav-paper = Auf Papier
nav-reports = Berichte
nav-policy = Was aufbewahrt wird
nav-audit = Protokoll prüfen
nav-help = Hilfe

## The form

form-again = Bitte noch einmal ansehen
form-practice-mark = Übung: sieht gleich aus, speichert nichts.
form-no-week = Zurzeit ist keine Woche offen.
form-no-key = { $period } nimmt noch keine Meldungen an: Der Schlüssel, mit dem sie versiegelt werden, fehlt noch. Bewahre deine Meldung auf und sag der Koordination Bescheid
form-nothing-stored = Es wurde nichts gespeichert.
form-nothing-lost = Nichts von dem, was du geschrieben hast, ist verloren.
form-card = Karte
form-week = Woche
form-counts = Trag ein, was du gezählt hast; den Rest lass leer
form-counts-short = Zahlen
form-receipt = Beleg
form-choose = Wählen
form-more = Eins mehr: { $what }
form-less = Eins weniger: { $what }
form-send = Senden
form-why = Warum wir fragen
form-why-asked = Gefragt von: { $who }. Eine Meldung fasst höchstens { $max }.
form-practise = Erst üben
form-practise-what = Dasselbe Formular, nichts wird gespeichert.
week-this = Diese Woche
week-last = Letzte Woche
week-before = Vorletzte Woche

## After sending

receipt-title = Danke
receipt-practice = Übung: es wurde nichts gespeichert.
receipt-stored = Deine Meldung ist gespeichert.
receipt-same = Deine Meldung war schon da und enthält, was du zuletzt gesendet hast.
receipt-number = Dein Beleg:
receipt-what = Mit dieser Nummer und deiner Karte lässt sich die Meldung ändern oder zurückziehen, bis ihr Zeitraum schließt. Du musst sie nicht aufheben.
receipt-another = Noch eine senden

## Correct or withdraw

correct-title = Ändern oder zurückziehen
correct-how = Gib den Beleg ein und die Karte, mit der gesendet wurde. Zum Ändern füll alles neu aus: es tritt an die Stelle der alten Meldung. Zum Zurückziehen genügen Beleg und Karte.
correct-replace = Meldung ersetzen
correct-withdraw = Meldung zurückziehen
correct-replaced = Deine Meldung enthält jetzt, was du eben gesendet hast.
correct-new = Zu diesem Beleg gab es keine offene Meldung, darum ist diese als neue gespeichert. Gehört die alte zu einem geschlossenen Zeitraum, zählt sie jetzt doppelt: zieh die neue zurück, wenn du das nicht wolltest.
withdrawn-title = Zurückgezogen
withdrawn-what = Deine Meldung ist zurückgezogen und wird nicht gezählt.
withdrawn-spent = Ihr Beleg ist verbraucht. Wenn du es dir anders überlegst, sende sie noch einmal als neue.

## What can be wrong

problem-missing = das fehlt: wähl etwas aus
problem-not-text = das muss Text sein
problem-not-object = das muss ein Objekt mit einer Zahl für jede Größe sein
problem-unknown-field = danach fragt das Programm nicht: lass es weg
problem-unknown-category = das steht nicht in der Liste: wähl eines von { $list }
problem-no-count = füll mindestens eine Zahl aus; null ist eine Zahl, leer nicht
problem-not-whole = schreib eine ganze Zahl von 0 bis { $max }, oder lass es leer
problem-too-large = das ist mehr, als eine Meldung fasst ({ $max }): sieh dir die Zahl noch einmal an, oder sende den Rest als weitere Meldung
problem-week = das ist keine Woche aus der Liste: wähl eine aus
problem-receipt-length = ein Beleg hat 16 Ziffern
problem-receipt-check = die Prüfziffer des Belegs stimmt nicht: vergleich ihn Ziffer für Ziffer mit dem, was du notiert hast
problem-card-length = ein Code hat 20 Buchstaben und Ziffern, in vier Gruppen zu fünf
problem-card-symbol = ein Code hat nur Ziffern und Buchstaben, und nie den Buchstaben U
problem-card-check = im Code ist ein Tippfehler: vergleich ihn Buchstabe für Buchstabe mit dem Papier
problem-card-stub = das ist der Code des Abrisses, der nur sperren kann: gib den Code der Karte selbst ein
refused-unreadable-title = Nicht lesbar
refused-unreadable = das konnte nicht gelesen werden: geh zurück zum Formular und sende von dort
refused-invalid-title = Einige Felder brauchen noch einen Blick
refused-invalid = einige Felder brauchen noch einen Blick; es wurde nichts gespeichert
refused-card-title = Diese Karte gilt hier nicht
refused-card = diese Karte gilt hier nicht: sieh nach, ob es die Karte dieses Programms ist und ob sie noch gilt, oder bitte die Koordination um eine neue
refused-week-title = Diese Woche ist nicht offen
refused-week = diese Woche ist nicht offen: Meldungen gehen für { $weeks }
refused-week-none = diese Woche ist nicht offen: zurzeit ist keine offen
refused-no-key = { $why }; Meldungen gehen für { $weeks }
refused-no-key-none = { $why }; zurzeit ist keine Woche offen
refused-withdrawn-title = Diese Meldung wurde zurückgezogen
refused-withdrawn = diese Meldung wurde zurückgezogen, ihr Beleg ist also verbraucht: sende sie als neue, wenn sie zählen soll
refused-quota-title = Genug für diese Woche
refused-quota =
    { $limit ->
        [one] diese Karte hat für diese Woche { $limit } Meldung gesendet, das ist die Grenze: ändere stattdessen diese
       *[other] diese Karte hat für diese Woche { $limit } Meldungen gesendet, das ist die Grenze: ändere stattdessen eine davon
    }
refused-none-title = Keine solche Meldung
refused-none = es gibt keine Meldung mit diesem Beleg und dieser Karte in einem offenen Zeitraum
refused-unavailable-title = Gerade nicht gespeichert
refused-unavailable = die Meldung konnte gerade nicht gespeichert werden; nichts wurde bestätigt. Sende dieselbe Meldung gleich noch einmal

## On this device

device-title = Auf diesem Telefon
device-what = All das ist aus, bis du es einschaltest. Es bleibt verschlossen und nur auf diesem Telefon; wer aber diese Seite auf diesem Telefon öffnet, kann es benutzen. „Seite verlassen“ löscht es auch.
device-card = Meine Karte merken
device-queue = Meldungen, die nicht hinausgingen, bis zu 7 Tage aufheben
device-totals = Meine eigenen Summen aufheben
device-clear = Alles davon auf diesem Telefon löschen
device-cleared = Auf diesem Telefon ist nichts mehr aufgehoben.
device-own = Meine eigenen Summen auf diesem Telefon (ohne spätere Änderungen)
device-failed = Dieses Telefon konnte es nicht aufheben. Aus dem Formular ist nichts verloren.
queue-waiting =
    { $n ->
        [one] { $n } noch nicht gesendet
       *[other] { $n } noch nicht gesendet
    }
queue-send = Jetzt senden
queue-delete = Löschen
queue-look = Ansehen
queue-kept = Nicht gesendet: es gibt keine Verbindung. Die Meldung liegt auf diesem Telefon und geht hinaus, sobald es eine gibt.
queue-offline = Nicht gesendet: es gibt keine Verbindung. Was du geschrieben hast, ist noch da; sende es später noch einmal.
queue-full = Nicht gesendet, und 20 Meldungen warten schon, das ist die Grenze. Was du geschrieben hast, ist noch da.
queue-sent = Was gewartet hat, ist gesendet.
queue-expired = Eine Meldung hat länger als 7 Tage gewartet. Sie wurde gelöscht und nie gesendet.
queue-refused = Nicht angenommen:

## On paper

paper-title = Auf Papier
paper-how = Druck diese Seite aus und füll sie mit dem Stift aus. Ein Blatt ist eine Meldung. Schreib keinen Namen darauf und keinen Kartencode. Tipp sie später ein, oder gib sie denen, die die Blätter eintippen.
paper-week = Woche (so wie { $week })
paper-tick = Eines ankreuzen
paper-after = Wenn es eingetippt ist, zerreiß dieses Blatt.

## Help

help-title = Hilfe
help-send = Eine Meldung senden
help-send-what = Tipp den Code deiner Karte ein, wähl Woche, Gebiet und Ort, trag ein, was du gezählt hast, und sende. Leer ist in Ordnung und nicht dasselbe wie null. Eine falsche Zahl lässt sich ändern und eine Meldung zurückziehen, bis der Zeitraum schließt: mit deiner Karte und dem Beleg. Danach bleibt sie, wie sie gezählt wurde: noch einmal für eine spätere Woche gesendet, würde sie doppelt zählen.
help-hold = Was wir aufbewahren
help-hold-what = Keinen Namen, keine Adresse, keine Uhrzeit. Eine Meldung liegt unter einem Pseudonym, das nichts mehr wert ist, sobald der Zeitraum schließt, und versiegelt: bis dahin kann auch der Dienst selbst sie nicht wieder lesen.
help-hold-all = Alles, Feld für Feld
help-notice = Als Hinweis zum Drucken
help-legal = Was eine Beschlagnahme jeweils hergeben kann, und was nicht
help-not = Was wir nicht schützen können
help-not-history = Den Verlauf deines Browsers: der Knopf „Seite verlassen“ löscht ihn nicht.
help-not-card = Eine Karte, die bei dir gefunden wird, zeigt, dass du eine Karte dieses Programms hast.
help-not-network = Wer das Netz betreibt, sieht, dass diese Adresse geöffnet wurde.
help-not-host = Solange ein Zeitraum offen ist, kann jemand, der den Server und deine Karte hat, lesen, was diese Karte darin gesendet hat.
help-not-phone = Was du auf diesem Telefon aufheben lässt, kann benutzen, wer das Telefon öffnet.
help-ask = Wenn die Polizei fragt
help-ask-say = Du musst nicht sagen, dass du eine Karte hast oder wozu sie da ist. Du kannst einen Anwalt oder eine Anwältin verlangen, bevor du etwas beantwortest.
help-ask-phone = Du musst dein Telefon nicht entsperren, außer das Gesetz am Ort verlangt es: frag die Koordination, was hier gilt, bevor du es wissen musst.
help-ask-card = Eine verlorene oder weggenommene Karte wird durch ihren Abriss wertlos: den hat die Koordination oder du. Mit dem Abriss lässt sich weder senden noch sehen, was gesendet wurde.
help-ask-give = Wir können keine Liste der Mitarbeitenden herausgeben, denn es gibt keine.

## Pages that are not there

missing-title = Hier ist nichts
missing-period = Das ist kein Zeitraum: ein Vierteljahr schreibt man 2025-Q1, einen Monat 2025-M03.
missing-release-title = Noch nicht veröffentlicht
missing-release = Dieser Zeitraum ist nicht veröffentlicht. Die Liste der Berichte sagt, wann der nächste kommt.
