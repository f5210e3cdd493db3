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
form-receipt-this = Beleg dieser Meldung:
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
receipt-sent = Was du gesendet hast
receipt-another = Noch eine senden
sent-once = Diese Seite wird nur einmal gezeigt: Wenn du die Nummer behalten willst, schreib sie jetzt auf.
sent-gone = Eine Seite wie diese wird nur einmal gezeigt, und nur für einige Minuten.
sent-gone-again = Wenn du ihren Beleg hast und nicht weißt, ob deine Meldung angekommen ist, sende sie unter „Ändern oder zurückziehen“ noch einmal mit diesem Beleg: Sie zählt nur einmal.

## Correct or withdraw

correct-title = Ändern oder zurückziehen
correct-how = Gib den Beleg ein und die Karte, mit der gesendet wurde. Zum Ändern füll alles neu aus: es tritt an die Stelle der alten Meldung. Zum Zurückziehen genügen Beleg und Karte.
correct-replace = Meldung ersetzen
correct-withdraw = Meldung zurückziehen
correct-replaced = Deine Meldung enthält jetzt, was du eben gesendet hast.
correct-new = Zu diesem Beleg gab es keine offene Meldung, darum ist diese als neue gespeichert. Gehört die alte zu einem geschlossenen Zeitraum, zählt sie jetzt doppelt: zieh die neue zurück, wenn du das nicht wolltest.
correct-offline = Nicht gesendet: es gibt keine Verbindung. Änderungen und Rücknahmen können auf diesem Telefon nicht warten. Was du geschrieben hast, ist noch da; sende es später noch einmal.
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
refused-repeated-title = Doppelt angegeben
refused-repeated = `{ $name }` steht zweimal da, und es lässt sich nicht wissen, welches zählt: sende es nur einmal
refused-invalid-title = Einige Felder brauchen noch einen Blick
refused-invalid = einige Felder brauchen noch einen Blick; es wurde nichts gespeichert
refused-card-title = Diese Karte gilt hier nicht
refused-card = diese Karte gilt hier nicht: sieh nach, ob es die Karte dieses Programms ist und ob sie noch gilt, oder bitte die Koordination um eine neue
refused-week-title = Diese Woche ist nicht offen
refused-week = diese Woche ist nicht offen: Meldungen gehen für { $weeks }
refused-week-none = diese Woche ist nicht offen: zurzeit ist keine offen
refused-no-key = { $why }; Meldungen gehen für { $weeks }
refused-no-key-none = { $why }; zurzeit ist keine Woche offen
refused-period-title = Dieser Zeitraum ist geschlossen
refused-period = der Zeitraum dieser Meldung wurde gerade geschlossen: sie wurde nicht angenommen, und was vorher gesendet wurde, lässt sich nicht mehr ändern; Meldungen gehen für { $weeks }
refused-period-none = der Zeitraum dieser Meldung wurde gerade geschlossen: sie wurde nicht angenommen, und was vorher gesendet wurde, lässt sich nicht mehr ändern; zurzeit ist keine Woche offen
refused-withdrawn-title = Diese Meldung wurde zurückgezogen
refused-withdrawn = diese Meldung wurde zurückgezogen, ihr Beleg ist also verbraucht: sende sie als neue, wenn sie zählen soll
refused-rate-title = Genug für diese Stunde
refused-rate =
    { $limit ->
        [one] diese Karte hat innerhalb einer Stunde { $limit } neue Meldung gesendet, mehr geht nicht: heb diese auf und sende sie später, spätestens in einer Stunde
       *[other] diese Karte hat innerhalb einer Stunde { $limit } neue Meldungen gesendet, mehr geht nicht: heb diese auf und sende sie später, spätestens in einer Stunde
    }
refused-none-title = Keine solche Meldung
refused-none = es gibt keine Meldung mit diesem Beleg und dieser Karte in einem offenen Zeitraum
refused-busy = gerade kommen mehr Meldungen an, als geschrieben werden können; nichts wurde bestätigt. Sende dieselbe Meldung gleich noch einmal
refused-unavailable-title = Gerade nicht gespeichert
refused-unavailable = die Meldung konnte gerade nicht gespeichert werden; nichts wurde bestätigt. Sende dieselbe Meldung gleich noch einmal

## On this device

device-title = Auf diesem Telefon
device-what = All das ist aus, bis du es einschaltest, und bleibt auf diesem Telefon. Der Knopf unten und „Seite verlassen“ löschen es, auch ohne Verbindung.
device-card = Meine Karte merken
device-card-what = Das lässt sich nicht schützen. Wer dieses Telefon öffnet oder kopiert, hat deine Karte und kann an deiner Stelle senden.
device-queue = Meldungen aufheben, die nicht hinausgingen
device-queue-what = Jede wird sofort versiegelt. Niemand kann sie auf diesem Telefon lesen, auch du nicht. Zu sehen ist, wie viele warten und in welchen Wochen sie geschrieben wurden.
device-totals = Meine eigenen Summen aufheben
device-totals-what = Mit deiner Karte verschlossen: Sie zeigen sich erst, wenn die Karte eingetippt ist. Wer dieses Telefon und deine Karte findet, kann sie lesen.
device-clear = Alles davon auf diesem Telefon löschen
device-cleared = Alles, was diese Seite auf diesem Telefon aufgehoben hat, ist gelöscht. Der Verlauf des Browsers nicht.
device-own = Meine eigenen Summen auf diesem Telefon (mit dem, was wartet, ohne spätere Änderungen)
device-failed = Dieses Telefon konnte es nicht aufheben. Aus dem Formular ist nichts verloren.
queue-waiting =
    { $n ->
        [one] { $n } noch nicht gesendet
       *[other] { $n } noch nicht gesendet
    }
queue-send = Jetzt senden
queue-delete = Löschen
queue-kept = Nicht gesendet: es gibt keine Verbindung. Die Meldung liegt versiegelt auf diesem Telefon. Sie geht hinaus, wenn diese Seite offen ist und es eine Verbindung gibt.
queue-offline = Nicht gesendet: es gibt keine Verbindung. Was du geschrieben hast, ist noch da; sende es später noch einmal.
queue-check = Nicht gesendet: es gibt keine Verbindung. Bevor dieses Telefon sie aufheben kann, sieh die markierten Felder noch einmal an: Ist sie versiegelt, kann niemand sie mehr berichtigen.
queue-full = Nicht gesendet, und 20 Meldungen warten schon, das ist die Grenze. Was du geschrieben hast, ist noch da.
queue-sent = Was gewartet hat, ist gesendet.
queue-refused = Eine Meldung, die gewartet hat, wurde nicht angenommen. Auf diesem Telefon lässt sie sich nicht lesen: Schreib sie neu, dann lösche sie hier.
queue-gone = Eine Meldung hat zu lange gewartet. Den Schlüssel, mit dem sie versiegelt ist, gibt es nicht mehr, und niemand kann sie öffnen: Schreib sie neu, dann lösche sie hier.

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
help-not-history = Den Verlauf deines Browsers: der Knopf „Seite verlassen“ löscht ihn nicht. Hast du einen Link mit dem Code deiner Karte geöffnet, steht auch der Code darin.
help-not-card = Eine Karte, die bei dir gefunden wird, zeigt, dass du eine Karte dieses Programms hast.
help-not-network = Wer das Netz betreibt, sieht, dass diese Adresse geöffnet wurde.
help-not-host = Solange ein Zeitraum offen ist, kann jemand, der den Server und deine Karte hat, lesen, was diese Karte darin gesendet hat.
help-not-phone = Merkt sich dieses Telefon deine Karte, hat sie, wer das Telefon öffnet oder kopiert. Meldungen, die warten, sind versiegelt, und deine eigenen Summen sind mit deiner Karte verschlossen.
help-ask = Wenn die Polizei fragt
help-ask-say = Du musst nicht sagen, dass du eine Karte hast oder wozu sie da ist. Du kannst einen Anwalt oder eine Anwältin verlangen, bevor du etwas beantwortest.
help-ask-phone = Ob du dein Handy entsperren musst, hängt vom Gesetz vor Ort ab. Frag die Koordination jetzt, nicht erst dann.
help-ask-card = Eine verlorene oder weggenommene Karte wird durch ihren Abriss wertlos: den hat die Koordination oder du. Mit dem Abriss lässt sich weder senden noch sehen, was gesendet wurde.
help-ask-give = Wir können keine Liste der Mitarbeitenden herausgeben, denn es gibt keine.

## Reports

reports-title = Berichte
reports-same = Dieselben Zahlen für alle, im selben Moment.
reports-none = Noch nichts veröffentlicht.
reports-none-next = Noch nichts veröffentlicht; der nächste Bericht ist { $period }, am { $day }.
reports-next = Der nächste Bericht ist { $period }, am { $day }.
reports-next-key = Der nächste Bericht ist { $period }, nicht vor { $day }: Der private Schlüssel wird fern von diesem Dienst aufbewahrt und erst dann gebracht.
reports-period = Zeitraum
reports-weeks = Wochen
reports-published = Veröffentlicht am
reports-time = Im Lauf der Zeit
reports-time-what = Zeiträume nebeneinander oder zusammengezählt
report-title = { $programme }: { $period }
report-between = Zwischen { $low } und { $high }, mit 95 % Sicherheit.
report-bar = { $name }: { $figure }, zwischen { $low } und { $high }.
report-quality = Güte
report-good = gut
report-caution = mit Vorsicht zu verwenden
report-uncertain = zu ungenau, um es zu verwenden
report-target-reached = Ziel { $value }: erreicht
report-target-not = Ziel { $value }: nicht erreicht
report-target-unknown = Ziel { $value }: lässt sich nicht sagen
report-target-how = Ein Ziel wird am Intervall beurteilt, nie an der Zahl allein.
report-and = { $first } und { $second }
report-range = { $first } bis { $last }
report-by = Nach { $by } (Standardabweichung des Rauschens: { $stdev })
report-name-by = { $name } nach { $by }
report-week = Woche
report-figure = Zahl
report-interval = 95-%-Intervall
report-long = { $name } nach { $by } hat { $rows } Zeilen, zu viele für eine Seite: Die Tabelle steht in den Dateien.
report-trend = Im Lauf der Zeit
report-trend-what = Jeder Balken ist die Zahl eines Zeitraums, sein senkrechter Strich das 95-%-Intervall. Ein blasser Balken ist zu ungenau, um ihn zu verwenden.
report-trend-more = Alle Zeiträume, mit der Entwicklung in Worten, und mehrere zusammengezählt
report-promise = Was zugesagt ist
report-promise-tally = Jeder Zahl wurde Rauschen zugesetzt, damit dieser Bericht mit oder ohne irgendeine einzelne Meldung fast gleich aussieht. Er verbirgt nicht, dass mit einer Karte viel gemeldet wurde.
report-promise-week = Jeder Zahl wurde Rauschen zugesetzt, damit dieser Bericht fast gleich aussieht, mit oder ohne alles, was mit irgendeiner Karte für eine Woche gemeldet wurde. Er verbirgt nicht förmlich, dass jemand den ganzen Zeitraum gearbeitet hat: Die Tabelle zeigt, wie viel weniger dafür gilt.
report-promise-period = Jeder Zahl wurde Rauschen zugesetzt, damit dieser Bericht fast gleich aussieht, mit oder ohne alles, was mit irgendeiner Karte in dem Zeitraum gemeldet wurde.
report-promise-cost = In Zahlen: konzentrierte Differential Privacy (zCDP) mit ρ = { $rho }, das ist ε = { $epsilon } bei δ = { $delta }. Kleinere Werte schützen mehr.
report-promise-card = Die Einheit ist eine Karte, nicht ein Mensch: Zwei Karten, oder eine Karte und Einträge vom Papier, sind zwei Einheiten. Nicht verborgen ist, dass es das Programm gab, oder was von anderswo bekannt ist.
report-units = Dasselbe Rauschen für andere Einheiten (δ = { $delta })
report-unit = Einheit
report-basis = Beruht auf
unit-tally = eine Meldung
unit-worker-week = die Woche einer Karte
unit-worker-period = der ganze Zeitraum einer Karte
unit-encounter = eine Begegnung
basis-itself = die Zusage selbst
basis-weeks = Gruppenschutz k²ρ, mit k als Zahl der Wochen des Zeitraums: { $k }
basis-tallies = Gruppenschutz k²ρ, mit k als Zahl der Meldungen, die eine Karte im Zeitraum senden darf; eine übliche Grenze, keine feste
basis-inside = jede Änderung innerhalb der geschützten Einheit
basis-encounter = das meiste, was eine Begegnung zu jedem Maß beiträgt
report-limits = Was die Zahlen nicht sagen
report-limits-noise = Jede Zahl trägt Rauschen. Lesen Sie das Intervall: Ein kleiner Unterschied zweier Zahlen kann bloßes Rauschen sein.
report-limits-bounded = Es sind begrenzte Summen. Was eine Einheit über die Obergrenze hinaus zu einem Maß beiträgt, zählt nicht mit, und die Intervalle gelten für diese Summen.
report-limits-people = Sie zählen, was gemeldet wurde, nicht Menschen. Arbeit, die niemand gemeldet hat, steckt nicht darin.
report-limits-sums = Zählen Sie nie die Zahlen einer Tabelle zusammen. Nehmen Sie eine gröbere Tabelle, oder addieren Sie die Schätzwerte der CSV- oder JSON-Datei; zwischen Zeiträumen addieren sich die Varianzen.
report-take = Zum Mitnehmen
report-take-json = die Veröffentlichung selbst
report-take-csv = eine einzige Tabelle
report-take-datapackage = Beschreibung der CSV-Datei
report-take-xlsx = eine Arbeitsmappe mit Erläuterungen
report-take-dhis2 = Datenwerte
report-take-registry = ein Entwurf für das Verzeichnis der Einsätze
report-print = Gedruckt wird diese Seite zu einem Kurzbericht auf einem Blatt.
report-cite = Zum Zitieren
report-cite-as = { $programme }: { $period }. Veröffentlicht am { $day }; Summen mit Differential Privacy, ρ = { $rho }, ε = { $epsilon }. SHA-256 der Veröffentlichung: { $digest }
report-made = Gemacht mit peertally { $version }, Quelltext { $commit }. SHA-256 der Programmdatei: { $config }, der Richtliniendatei: { $policy }.

## Several periods

sum-title = { $first } bis { $last }, zusammengezählt
sum-what = Zeiträume: { $many }, Wochen: { $weeks }. Aus den Schätzwerten und ihren Varianzen, nie aus den gedruckten Zahlen.
sum-gap = Nicht enthalten: Wochen { $weeks }.
sum-targets = Die Ziele der Zeiträume zusammen.
sum-name-by = { $name } nach { $by }, zusammengezählt
sum-left-out = Weggelassen
sum-promise = Zusammenzuzählen, was schon veröffentlicht ist, gibt nichts Neues preis.
sum-promise-one = Eine geschützte Einheit ({ $unit }) liegt nur in einem Zeitraum; für sie gilt darum der größte der Werte: ρ = { $rho }, das ist ε = { $epsilon } bei δ = { $delta }.
sum-promise-every = Wer in jedem dieser Zeiträume gemeldet hat, ist der Summe ausgesetzt: Das ist die rechte Hälfte der Tabelle. Für jemanden, der die ganze Zeit gearbeitet hat, gilt die Zeile „{ $unit }“.
sum-units = ρ und ε (δ = { $delta }); das ε für alle Zeiträume ist eine Obergrenze
sum-one = { $cost } einer einzigen
sum-every = { $cost } je einer in jedem Zeitraum
sum-sources = Die Veröffentlichungen, aus denen es gemacht ist
sum-source = { $period }, veröffentlicht am { $day }
why-not-counted = nicht gezählt in { $periods }
why-not-counted-here = nicht gezählt
why-units = in { $before } in „{ $first }“ gezählt und in { $after } in „{ $second }“
why-unit = in „{ $unit }“ gezählt
why-week = eine Woche liegt nur in einem Zeitraum: sie steht in dessen Bericht
why-no-table = keine solche Tabelle in { $periods }
why-categories = die Kategorien von { $before } und { $after } sind verschieden
why-categories-here = die Kategorien sind verschieden
why-cap = die Obergrenze war { $first } und dann { $second }, also wurde ein anderer Teil abgeschnitten
why-cap-unit = die Obergrenze galt für { $first } und dann für { $second }, also wurde ein anderer Teil abgeschnitten
why-length = die Obergrenze gilt für einen ganzen Zeitraum, und sie haben { $first } und { $second } Wochen
note-cap = Die Obergrenze von { $name } ist { $first } in { $before } und { $second } in { $after }: Hier sind Summen addiert, die bei verschiedenen Grenzen abgeschnitten wurden.
note-unit = Die geschützte Einheit ist { $first } in { $before } und { $second } in { $after }: Die Obergrenzen schneiden andere Teile ab, und die Summe nimmt sie, wie sie sind.
note-programme = Das Programm hieß { $first } in { $before } und { $second } in { $after }.
note-ground = Die Kategorien von { $by } haben sich dazwischen geändert: Die Zahl kann anderes umfassen.
time-what = Zeiträume nebeneinander, allein aus dem Veröffentlichten.
time-refused = Nicht zusammengezählt
time-choose = Zusammenzählen
time-button = Die gewählten Zeiträume zusammenzählen
time-years = Ganze Jahre:
time-how-bars = So ist es zu lesen: Ein Balken ist die Zahl, sein senkrechter Strich das 95-%-Intervall. Ein blasser Balken ist zu ungenau, um ihn zu verwenden. Ein waagrechter Strich ist das Ziel. Eine gepunktete Linie heißt, dass sich geändert hat, was gezählt wird.
time-how-words = „Mehr“ und „weniger“ steht nur da, wo Rauschen die Änderung nicht erklären kann: Das ganze 95-%-Intervall des Unterschieds liegt auf einer Seite. Warum, sagt es nicht: Wird mehr gemeldet, wird auch mehr gezählt. Wo sich nichts geändert hat, sagt einer von zwanzig Vergleichen durch Zufall doch mehr oder weniger.
time-gap = Die Wochen { $weeks } liegen zwischen diesen Zeiträumen und sind nicht gezeigt.
time-chart = { $name }, { $first } bis { $last }
time-column = Zahl, 95-%-Intervall und Entwicklung
time-missing = Nicht gezeigt: { $period }, { $why }.
time-broken = Keine Entwicklung von { $before } zu { $after }: { $why }.
time-weekly = { $before } und { $after } sind je Woche verglichen: Sie haben { $first } und { $second }.
time-up = Mehr
time-down = Weniger
time-cannot = Lässt sich nicht sagen
time-up-since = Mehr als { $period }: um { $low } bis { $high }.
time-down-since = Weniger als { $period }: um { $low } bis { $high }.
time-cannot-since = Gegenüber { $period } lässt es sich nicht sagen: zwischen { $low } weniger und { $high } mehr.
time-up-week = Mehr als { $period }: um { $low } bis { $high } je Woche (Wochen: { $first }, dann { $second }).
time-down-week = Weniger als { $period }: um { $low } bis { $high } je Woche (Wochen: { $first }, dann { $second }).
time-cannot-week = Gegenüber { $period } lässt es sich nicht sagen: zwischen { $low } weniger und { $high } mehr je Woche (Wochen: { $first }, dann { $second }).
time-no-trend = Keine Entwicklung seit { $period }: { $why }.
time-nothing = Nichts zum Vergleichen.
time-too-many = Höchstens { $most } Zeiträume lassen sich auf einmal wählen, und das sind { $many }: Wählen Sie weniger.
time-not-period = „{ $name }“ ist kein Zeitraum: Ein Quartal schreibt man 2025-Q1, einen Monat 2025-M03.
time-no-release = { $period } ist noch nicht veröffentlicht: Wählen Sie aus der Liste.
time-unreadable = Die Veröffentlichung von { $period } lässt sich gerade nicht lesen: Lassen Sie sie weg, oder versuchen Sie es später wieder.
time-too-few = Zum Zusammenzählen braucht es zwei Zeiträume oder mehr: Wählen Sie noch einen, oder lesen Sie den Bericht dieses Zeitraums.
time-twice = { $period } ist zweimal genannt: Nennen Sie jeden Zeitraum einmal.
time-overlap = { $first } und { $second } überschneiden sich: Die gemeinsamen Wochen würden doppelt gezählt. Lassen Sie einen davon weg.

## The log

audit-what = Jeder Schritt im Leben eines Zeitraums ist ein Eintrag in einem öffentlichen Protokoll, das nur wachsen kann. Es sagt nie, wie viele Meldungen es gab, oder von wem.
audit-verified = Das Protokoll wurde aus seinen öffentlichen Dateien gelesen und geprüft, als diese Seite gemacht wurde.
audit-periods = Wo die Zeiträume stehen
audit-state = Stand
audit-opened = Geöffnet am
audit-spent = Verbrauchtes Budget (ρ)
state-open = nimmt Meldungen an
state-closing = nimmt nichts mehr an, noch nicht veröffentlicht
state-debited = Budget verbraucht, wird veröffentlicht
state-released = veröffentlicht; die Schlüssel sind noch nicht vernichtet
state-shredded = veröffentlicht; die Schlüssel sind vernichtet
audit-keep = Heute eine Kopie aufheben
audit-keep-what = Speichern Sie den Prüfpunkt und schreiben Sie den Schlüssel auf, wo dieser Dienst nicht hinkommt. Vergleichen Sie beim nächsten Mal: Wer einen älteren Prüfpunkt hat, kann merken, wenn das Protokoll umgeschrieben wurde.
audit-save = Diesen Prüfpunkt speichern
audit-key = Prüfschlüssel
audit-checkpoint = Prüfpunkt
audit-run = Selbst prüfen
audit-run-what = Auf jedem Rechner mit dem Programm, allein aus den öffentlichen Dateien. ADDRESS ist die Adresse dieses Dienstes, „checkpoint“ die beim letzten Mal gespeicherte Datei.
audit-files = Die Dateien:
audit-entries = Alle Einträge
audit-entry = Eintrag
audit-day = Tag
audit-event = Was geschah
event-programme = eine Programmdatei gilt ab dem nächsten Zeitraum
event-policy = eine Richtliniendatei gilt ab jetzt
event-opened = der Zeitraum nimmt Meldungen an
event-closing = der Zeitraum nimmt keine Meldungen mehr an
event-debited = sein Budget ist verbraucht, bevor Rauschen gezogen wird
event-published = seine Veröffentlichung steht fest
event-destroyed = seine Schlüssel sind vernichtet
proof-title = Im Protokoll
proof-held = Das Protokoll enthält das SHA-256 dieser Veröffentlichung als Eintrag { $index } von { $size }. Der Beweis wurde geprüft, als diese Seite gemacht wurde.
proof-sha = SHA-256 der Veröffentlichung
proof-how = Der Beweis, und wie man ihn selbst prüft
proof-entry = Eintrag { $index }, Byte für Byte
proof-leaf = Hash des Blatts
proof-path = Pfad (Nachbar-Hashes, vom Blatt an)
proof-root = Wurzel des Protokolls, bei { $size } Einträgen
proof-file = Nehmen Sie die JSON-Datei und berechnen Sie ihr SHA-256. Es muss das obige sein und das im Eintrag.
proof-tree = Der Hash des Blatts ist das SHA-256 eines Null-Bytes und der Bytes des Eintrags. Von da ist jeder Schritt das SHA-256 eines Bytes 1, des linken und des rechten Hashs (RFC 9162, Abschnitt 2.1.3.2, mit Index { $index } und Größe { $size }). Es muss bei der Wurzel enden.
proof-checkpoint = Die Wurzel ist, in Base64, die dritte Zeile des Prüfpunkts, solange dieser { $size } Einträge hat; der Prüfpunkt muss mit dem Schlüssel unterschrieben sein, den Sie vom Programm haben.
proof-once = Oder alles auf einmal, mit der Adresse dieses Dienstes für ADDRESS und diesem Schlüssel für KEY:
proof-missing = Das Protokoll ließ sich gerade nicht lesen: Prüfen Sie selbst am Prüfpunkt.
audit-shows = Was das zeigt: Veröffentlicht wurde, was im Protokoll steht, einmal je Zeitraum, innerhalb des Budgets.
audit-not = Was es nicht zeigen kann: dass die Zählungen stimmten, oder dass das Rauschen gezogen wurde wie angegeben.

## What is kept

policy-what = Diese Seite ist aus der Richtliniendatei gemacht, an der das Programm bei jedem Start gemessen wird: Es läuft nicht, wenn es etwas anderes speichert.
policy-language = Die Einträge stehen hier in der Sprache der Richtliniendatei.
policy-notice = Hinweise zum Datenschutz
policy-legal = Wenn eine Behörde fragt oder beschlagnahmt
policy-json = Als JSON
policy-never = Nie gespeichert
policy-who = Wer was sieht
policy-may = Darf sehen:
policy-may-not = Darf nie sehen:
policy-all = Alles, was gespeichert wird
policy-where = Wo
policy-form = Form
policy-why = Warum
policy-long = Wie lange
policy-seen = Gesehen von
policy-destroyed = Vernichtet durch

## The cards sheet

cards-title = Karten
cards-type = Diesen Code eintippen:
cards-type-or = oder diesen Code eintippen:
cards-open = Halte die Kamera auf das Quadrat, oder öffne
cards-open-blank = Öffne diese Adresse:
cards-send = Melde, was du gemacht hast, Woche für Woche, ohne Namen.
cards-keep = Hüte sie wie einen Schlüssel: Wer die Karte hat, kann an deiner Stelle melden.
cards-stub = Abreißen und getrennt aufheben. Geht die Karte verloren, macht dieser Code sie unbrauchbar; sonst kann er nichts.

## Pages that are not there

missing-title = Hier ist nichts
missing-period = Das ist kein Zeitraum: ein Vierteljahr schreibt man 2025-Q1, einen Monat 2025-M03.
missing-release-title = Noch nicht veröffentlicht
missing-release = Dieser Zeitraum ist nicht veröffentlicht. Die Liste der Berichte sagt, wann der nächste kommt.
reading-busy-title = Einen Moment bitte
reading-busy = Gerade lesen viele, und Seiten werden eine nach der anderen gemacht. Laden Sie diese in einigen Sekunden neu.
