# Nederlands. Dezelfde sleutels en variabelen als en.ftl.
# status: not yet read by a native speaker

## Every page

frame-leave = Deze pagina verlaten
frame-languages = Talen
frame-pages = Pagina’s
frame-unchecked = Deze vertaling is nog niet gelezen door iemand met deze moedertaal.
nav-form = Formulier
nav-practice = Oefenen
nav-correct = Wijzigen of intrekken
nav-paper = Op papier
nav-reports = Rapporten
nav-policy = Wat wordt bewaard
nav-audit = Logboek controleren
nav-help = Hulp

## The form

form-again = Kijk nog even na
form-practice-mark = Oefening: ziet er hetzelfde uit, slaat niets op.
form-no-week = Er is op dit moment geen week open.
form-no-key = { $period } neemt nog geen meldingen aan: de sleutel waarmee ze worden verzegeld is nog niet gegeven. Bewaar je melding en zeg het tegen de coördinatie
form-nothing-stored = Er is niets opgeslagen.
form-nothing-lost = Niets van wat je hebt ingevuld is weg.
form-card = Kaart
form-week = Week
form-counts = Vul in wat je hebt geteld; laat de rest leeg
form-counts-short = Aantallen
form-receipt = Bonnummer
form-choose = Kies
form-more = Eén meer: { $what }
form-less = Eén minder: { $what }
form-send = Versturen
form-why = Waarom we het vragen
form-why-asked = Gevraagd door: { $who }. In één melding past hoogstens { $max }.
form-practise = Eerst oefenen
form-practise-what = Hetzelfde formulier, er wordt niets opgeslagen.
week-this = Deze week
week-last = Vorige week
week-before = De week daarvoor

## After sending

receipt-title = Bedankt
receipt-practice = Oefening: er is niets opgeslagen.
receipt-stored = Je melding is opgeslagen.
receipt-same = Je melding was er al en bevat wat je het laatst hebt verstuurd.
receipt-number = Je bonnummer:
receipt-what = Met dit nummer en je kaart kan de melding worden gewijzigd of ingetrokken tot de periode sluit. Je hoeft het niet te bewaren.
receipt-another = Nog een versturen

## Correct or withdraw

correct-title = Wijzigen of intrekken
correct-how = Vul het bonnummer in en de kaart waarmee is verstuurd. Om te wijzigen vul je alles opnieuw in: het komt in de plaats van de oude melding. Om in te trekken zijn bonnummer en kaart genoeg.
correct-replace = Melding vervangen
correct-withdraw = Melding intrekken
correct-replaced = Je melding bevat nu wat je zojuist hebt verstuurd.
correct-new = Er was geen open melding met dit bonnummer, dus deze is opgeslagen als nieuwe. Hoort de oude bij een gesloten periode, dan telt ze nu dubbel: trek de nieuwe in als je dat niet wilde.
withdrawn-title = Ingetrokken
withdrawn-what = Je melding is ingetrokken en wordt niet geteld.
withdrawn-spent = Het bonnummer is op. Bedenk je je, verstuur de melding dan opnieuw als nieuwe.

## What can be wrong

problem-missing = dit ontbreekt: kies er een
problem-not-text = dit moet tekst zijn
problem-not-object = dit moet een object zijn met een getal voor elke maat
problem-unknown-field = het programma vraagt hier niet om: laat het weg
problem-unknown-category = dit staat niet in de lijst: kies uit { $list }
problem-no-count = vul ten minste één aantal in; nul is een aantal, leeg niet
problem-not-whole = schrijf een heel getal van 0 tot { $max }, of laat het leeg
problem-too-large = dit is meer dan in één melding past ({ $max }): kijk het getal na, of verstuur de rest als andere melding
problem-week = dit is geen week uit de lijst: kies er een
problem-receipt-length = een bonnummer heeft 16 cijfers
problem-receipt-check = het controlecijfer van het bonnummer klopt niet: vergelijk het cijfer voor cijfer met wat je hebt opgeschreven
problem-card-length = een code heeft 20 letters en cijfers, in vier groepen van vijf
problem-card-symbol = een code heeft alleen cijfers en letters, en nooit de letter U
problem-card-check = er zit een tikfout in de code: vergelijk haar letter voor letter met het papier
problem-card-stub = dit is de code van de strook, die alleen kan blokkeren: vul de code van de kaart zelf in
refused-unreadable-title = Niet leesbaar
refused-unreadable = dit kon niet worden gelezen: ga terug naar het formulier en verstuur het vandaar
refused-invalid-title = Kijk een paar velden nog even na
refused-invalid = kijk een paar velden nog even na; er is niets opgeslagen
refused-card-title = Deze kaart is niet in gebruik
refused-card = deze kaart is hier niet in gebruik: kijk of het de kaart van dit programma is en of ze nog geldig is, of vraag je coördinator om een nieuwe
refused-week-title = Deze week is niet open
refused-week = deze week is niet open: meldingen kunnen voor { $weeks }
refused-week-none = deze week is niet open: op dit moment is er geen open
refused-no-key = { $why }; meldingen kunnen voor { $weeks }
refused-no-key-none = { $why }; op dit moment is er geen week open
refused-withdrawn-title = Deze melding is ingetrokken
refused-withdrawn = deze melding is ingetrokken, dus het bonnummer is op: verstuur haar als nieuwe als ze moet tellen
refused-quota-title = Genoeg voor deze week
refused-quota =
    { $limit ->
        [one] deze kaart heeft voor deze week { $limit } melding verstuurd, dat is de grens: wijzig liever die
       *[other] deze kaart heeft voor deze week { $limit } meldingen verstuurd, dat is de grens: wijzig liever een daarvan
    }
refused-none-title = Geen melding gevonden
refused-none = er is geen melding met dit bonnummer en deze kaart in een open periode
refused-unavailable-title = Nu niet opgeslagen
refused-unavailable = de melding kon nu niet worden opgeslagen; er is niets bevestigd. Verstuur dezelfde melding straks nog eens

## On this device

device-title = Op deze telefoon
device-what = Dit staat allemaal uit tot jij het aanzet. Het wordt op slot bewaard, alleen op deze telefoon; maar wie deze pagina op deze telefoon opent, kan het gebruiken. „Deze pagina verlaten” wist het ook.
device-card = Mijn kaart onthouden
device-queue = Meldingen die niet weg konden tot 7 dagen bewaren
device-totals = Mijn eigen totalen bewaren
device-clear = Dit alles van deze telefoon wissen
device-cleared = Op deze telefoon wordt niets meer bewaard.
device-own = Mijn eigen totalen op deze telefoon (zonder latere wijzigingen)
device-failed = Deze telefoon kon het niet bewaren. Uit het formulier is niets weg.
queue-waiting =
    { $n ->
        [one] { $n } nog niet verstuurd
       *[other] { $n } nog niet verstuurd
    }
queue-send = Nu versturen
queue-delete = Wissen
queue-look = Bekijken
queue-kept = Niet verstuurd: er is geen verbinding. De melding blijft op deze telefoon en gaat weg zodra er verbinding is.
queue-offline = Niet verstuurd: er is geen verbinding. Alles wat je hebt ingevuld staat er nog; verstuur het later opnieuw.
queue-full = Niet verstuurd, en er wachten al 20 meldingen, dat is de grens. Alles wat je hebt ingevuld staat er nog.
queue-sent = Wat wachtte is verstuurd.
queue-expired = Een melding heeft langer dan 7 dagen gewacht. Ze is gewist en nooit verstuurd.
queue-refused = Niet aangenomen:

## On paper

paper-title = Op papier
paper-how = Print deze pagina en vul haar met een pen in. Eén blad is één melding. Schrijf er geen naam op en geen kaartcode. Typ het later over, of geef het aan wie de bladen overtypt.
paper-week = Week (zoals { $week })
paper-tick = Kruis er een aan
paper-after = Is het overgetypt, scheur dit blad dan kapot.

## Help

help-title = Hulp
help-send = Een melding versturen
help-send-what = Vul de code van je kaart in, kies week, gebied en plek, vul in wat je hebt geteld en verstuur. Leeg mag, en is niet hetzelfde als nul. Een fout getal kan worden gewijzigd, en een melding ingetrokken, tot de periode sluit: met je kaart en het bonnummer. Daarna blijft ze zoals ze is geteld: haar opnieuw versturen voor een latere week telt haar dubbel.
help-hold = Wat we bewaren
help-hold-what = Geen naam, geen adres, geen tijdstip. Een melding wordt bewaard onder een pseudoniem dat niets meer waard is als de periode sluit, en verzegeld: tot dan kan ook de dienst zelf haar niet teruglezen.
help-hold-all = Alles, veld voor veld
help-notice = Als bericht om af te drukken
help-legal = Wat een inbeslagname van elk ding kan opleveren, en wat niet
help-not = Wat we niet kunnen beschermen
help-not-history = De geschiedenis van je browser: de knop „Deze pagina verlaten” wist die niet.
help-not-card = Een kaart die bij je wordt gevonden laat zien dat je een kaart van dit programma hebt.
help-not-network = Wie het netwerk beheert ziet dat dit adres is geopend.
help-not-host = Zolang een periode open is, kan iemand die én de server én jouw kaart heeft lezen wat die kaart daarin heeft verstuurd.
help-not-phone = Wat jij op deze telefoon laat bewaren, kan wie de telefoon opent gebruiken.
help-ask = Als de politie vragen stelt
help-ask-say = Je hoeft niet te zeggen dat je een kaart hebt, of waar die voor is. Je mag om een advocaat vragen voor je iets antwoordt.
help-ask-phone = Je hoeft je telefoon niet te ontgrendelen, tenzij de wet ter plaatse dat zegt: vraag je coördinator wat hier geldt, voordat je het nodig hebt.
help-ask-card = Een verloren of afgepakte kaart wordt waardeloos door haar strook: die heeft je coördinator, of jij. Met de strook kan niemand versturen, of zien wat er is verstuurd.
help-ask-give = We kunnen geen lijst van medewerkers afgeven, want die is er niet.

## Pages that are not there

missing-title = Hier is niets
missing-period = Dit is geen periode: een kwartaal schrijf je als 2025-Q1, een maand als 2025-M03.
missing-release-title = Nog niet gepubliceerd
missing-release = Deze periode is niet gepubliceerd. De lijst van rapporten zegt wanneer de volgende komt.
