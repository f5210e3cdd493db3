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
form-receipt-this = Bonnummer van deze melding:
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
week-before = Twee weken geleden

## After sending

receipt-title = Bedankt
receipt-practice = Oefening: er is niets opgeslagen.
receipt-stored = Je melding is opgeslagen.
receipt-same = Je melding was er al en bevat wat je het laatst hebt verstuurd.
receipt-number = Je bonnummer:
receipt-what = Met dit nummer en je kaart kan de melding worden gewijzigd of ingetrokken tot de periode sluit. Je hoeft het niet te bewaren.
receipt-sent = Wat je hebt verstuurd
receipt-another = Nog een versturen
sent-once = Deze pagina wordt één keer getoond: wil je het nummer bewaren, schrijf het dan nu op.
sent-gone = Een pagina als deze wordt één keer getoond, en maar een paar minuten.
sent-gone-again = Heb je het bonnummer en weet je niet of je melding is aangekomen, verstuur haar dan opnieuw onder ‘Wijzigen of intrekken’ met dat bonnummer: ze telt één keer.

## Correct or withdraw

correct-title = Wijzigen of intrekken
correct-how = Vul het bonnummer in en de kaart waarmee is verstuurd. Om te wijzigen vul je alles opnieuw in: het komt in de plaats van de oude melding. Om in te trekken zijn bonnummer en kaart genoeg.
correct-replace = Melding vervangen
correct-withdraw = Melding intrekken
correct-replaced = Je melding bevat nu wat je zojuist hebt verstuurd.
correct-new = Er was geen open melding met dit bonnummer, dus deze is opgeslagen als nieuwe. Hoort de oude bij een gesloten periode, dan telt ze nu dubbel: trek de nieuwe in als je dat niet wilde.
correct-offline = Niet verstuurd: er is geen verbinding. Wijzigingen en intrekkingen kunnen niet op deze telefoon wachten. Alles wat je hebt ingevuld staat er nog; verstuur het later opnieuw.
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
refused-repeated-title = Twee keer opgegeven
refused-repeated = `{ $name }` staat er twee keer, en welke telt is niet te weten: verstuur het één keer
refused-invalid-title = Kijk een paar velden nog even na
refused-invalid = kijk een paar velden nog even na; er is niets opgeslagen
refused-card-title = Deze kaart is niet in gebruik
refused-card = deze kaart is hier niet in gebruik: kijk of het de kaart van dit programma is en of ze nog geldig is, of vraag je coördinator om een nieuwe
refused-week-title = Deze week is niet open
refused-week = deze week is niet open: meldingen kunnen voor { $weeks }
refused-week-none = deze week is niet open: op dit moment is er geen open
refused-no-key = { $why }; meldingen kunnen voor { $weeks }
refused-no-key-none = { $why }; op dit moment is er geen week open
refused-period-title = Deze periode is gesloten
refused-period = de periode van deze melding is net gesloten: ze is niet aangenomen, en wat eerder is verstuurd kan niet meer worden veranderd; meldingen kunnen voor { $weeks }
refused-period-none = de periode van deze melding is net gesloten: ze is niet aangenomen, en wat eerder is verstuurd kan niet meer worden veranderd; op dit moment is er geen week open
refused-withdrawn-title = Deze melding is ingetrokken
refused-withdrawn = deze melding is ingetrokken, dus het bonnummer is op: verstuur haar als nieuwe als ze moet tellen
refused-rate-title = Genoeg voor dit uur
refused-rate =
    { $limit ->
        [one] deze kaart heeft binnen een uur { $limit } nieuwe melding verstuurd, meer kan niet: bewaar deze en verstuur haar later, uiterlijk over een uur
       *[other] deze kaart heeft binnen een uur { $limit } nieuwe meldingen verstuurd, meer kan niet: bewaar deze en verstuur haar later, uiterlijk over een uur
    }
refused-none-title = Geen melding gevonden
refused-none = er is geen melding met dit bonnummer en deze kaart in een open periode
refused-busy = er komen nu meer meldingen binnen dan er kunnen worden opgeschreven; er is niets bevestigd. Verstuur dezelfde melding straks nog eens
refused-unavailable-title = Nu niet opgeslagen
refused-unavailable = de melding kon nu niet worden opgeslagen; er is niets bevestigd. Verstuur dezelfde melding straks nog eens

## On this device

device-title = Op deze telefoon
device-what = Dit staat allemaal uit tot jij het aanzet, en blijft op deze telefoon. De knop hieronder en „Deze pagina verlaten” wissen het, ook zonder verbinding.
device-card = Mijn kaart onthouden
device-card-what = Dit is niet te beveiligen. Wie deze telefoon opent of kopieert, heeft je kaart en kan namens jou insturen.
device-queue = Meldingen bewaren die niet weg konden
device-queue-what = Elke melding wordt meteen verzegeld. Niemand kan haar op deze telefoon lezen, ook jij niet. Wel te zien is hoeveel er wachten en in welke weken ze zijn ingevuld.
device-totals = Mijn eigen totalen bewaren
device-totals-what = Op slot met je kaart: ze verschijnen pas als je die intypt. Wie zowel deze telefoon als je kaart vindt, kan ze lezen.
device-clear = Dit alles van deze telefoon wissen
device-cleared = Alles wat deze pagina op deze telefoon bewaarde, is gewist. De geschiedenis van de browser niet.
device-own = Mijn eigen totalen op deze telefoon (met wat wacht, zonder latere wijzigingen)
device-failed = Deze telefoon kon het niet bewaren. Uit het formulier is niets weg.
queue-waiting =
    { $n ->
        [one] { $n } nog niet verstuurd
       *[other] { $n } nog niet verstuurd
    }
queue-send = Nu versturen
queue-delete = Wissen
queue-kept = Niet verstuurd: er is geen verbinding. De melding ligt verzegeld op deze telefoon. Ze gaat weg als deze pagina open is en er verbinding is.
queue-offline = Niet verstuurd: er is geen verbinding. Alles wat je hebt ingevuld staat er nog; verstuur het later opnieuw.
queue-check = Niet verstuurd: er is geen verbinding. Kijk eerst de gemarkeerde velden na, voordat deze telefoon de melding kan bewaren: is ze verzegeld, dan kan niemand haar nog verbeteren.
queue-full = Niet verstuurd, en er wachten al 20 meldingen, dat is de grens. Alles wat je hebt ingevuld staat er nog.
queue-sent = Wat wachtte is verstuurd.
queue-refused = Een melding die wachtte, is niet aangenomen. Ze is op deze telefoon niet te lezen: vul haar opnieuw in en wis haar dan hier.
queue-gone = Een melding heeft te lang gewacht. De sleutel waarmee ze is verzegeld bestaat niet meer en niemand kan haar openen: vul haar opnieuw in en wis haar dan hier.

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
help-not-history = De geschiedenis van je browser: de knop „Deze pagina verlaten” wist die niet. Heb je een link geopend met de code van je kaart erin, dan staat ook die code erin.
help-not-card = Een kaart die bij je wordt gevonden laat zien dat je een kaart van dit programma hebt.
help-not-network = Wie het netwerk beheert ziet dat dit adres is geopend.
help-not-host = Zolang een periode open is, kan iemand die én de server én jouw kaart heeft lezen wat die kaart daarin heeft verstuurd.
help-not-phone = Onthoudt deze telefoon je kaart, dan heeft wie de telefoon opent of kopieert haar ook. Meldingen die wachten zijn verzegeld, en je eigen totalen zitten op slot met je kaart.
help-ask = Als de politie vragen stelt
help-ask-say = Je hoeft niet te zeggen dat je een kaart hebt, of waar die voor is. Je mag om een advocaat vragen voor je iets antwoordt.
help-ask-phone = Of je je telefoon moet ontgrendelen, hangt af van de wet waar je bent. Vraag het nu aan je coördinator, niet pas als het zover is.
help-ask-card = Een verloren of afgepakte kaart wordt waardeloos door haar strook: die heeft je coördinator, of jij. Met de strook kan niemand versturen, of zien wat er is verstuurd.
help-ask-give = We kunnen geen lijst van medewerkers afgeven, want die is er niet.

## Reports

reports-title = Rapporten
reports-same = Dezelfde cijfers voor iedereen, op hetzelfde moment.
reports-none = Nog niets gepubliceerd.
reports-none-next = Nog niets gepubliceerd; het volgende rapport is { $period }, op { $day }.
reports-next = Het volgende rapport is { $period }, op { $day }.
reports-next-key = Het volgende rapport is { $period }, niet voor { $day }: de privésleutel wordt buiten deze dienst bewaard en dan gebracht.
reports-period = Periode
reports-weeks = Weken
reports-published = Gepubliceerd op
reports-time = Door de tijd
reports-time-what = periodes naast elkaar, of opgeteld
report-title = { $programme }: { $period }
report-between = Tussen { $low } en { $high }, met 95 % zekerheid.
report-bar = { $name }: { $figure }, tussen { $low } en { $high }.
report-quality = Kwaliteit
report-good = goed
report-caution = met voorzichtigheid gebruiken
report-uncertain = te onzeker om te gebruiken
report-target-reached = Doel { $value }: bereikt
report-target-not = Doel { $value }: niet bereikt
report-target-unknown = Doel { $value }: niet te zeggen
report-target-how = Een doel wordt beoordeeld op het interval, nooit op het cijfer alleen.
report-and = { $first } en { $second }
report-range = { $first } tot en met { $last }
report-by = Per { $by } (standaardafwijking van de ruis: { $stdev })
report-name-by = { $name } per { $by }
report-week = Week
report-figure = Cijfer
report-interval = 95%-interval
report-long = { $name } per { $by } heeft { $rows } regels, te veel voor een pagina: de tabel staat in de bestanden.
report-trend = Door de tijd
report-trend-what = Elke balk is het cijfer van een periode, de staande streep het 95%-interval. Een bleke balk is te onzeker om te gebruiken.
report-trend-more = Alle periodes, met het verloop in woorden, en meerdere opgeteld
report-promise = Wat is toegezegd
report-promise-tally = Aan elk cijfer is ruis toegevoegd, zodat dit rapport bijna hetzelfde is met of zonder welke melding dan ook. Het verbergt niet dat met een kaart veel is gemeld.
report-promise-week = Aan elk cijfer is ruis toegevoegd, zodat dit rapport bijna hetzelfde is met of zonder alles wat met één kaart voor een week is gemeld. Het verbergt niet formeel dat iemand de hele periode heeft gewerkt: de tabel laat zien hoeveel minder daarvoor geldt.
report-promise-period = Aan elk cijfer is ruis toegevoegd, zodat dit rapport bijna hetzelfde is met of zonder alles wat met één kaart in de periode is gemeld.
report-promise-cost = In cijfers: geconcentreerde differentiële privacy (zCDP) met ρ = { $rho }, dat is ε = { $epsilon } bij δ = { $delta }. Kleinere waarden beschermen meer.
report-promise-card = De eenheid is een kaart, niet een mens: twee kaarten, of een kaart en invoer vanaf papier, zijn twee eenheden. Niet verborgen is dat het programma er was, of wat van elders bekend is.
report-units = Dezelfde ruis, gezien voor andere eenheden (δ = { $delta })
report-unit = Eenheid
report-basis = Berust op
unit-tally = één melding
unit-worker-week = de week van een kaart
unit-worker-period = de hele periode van een kaart
unit-encounter = één ontmoeting
basis-itself = de toezegging zelf
basis-weeks = groepsprivacy k²ρ, waarbij k het aantal weken van de periode is: { $k }
basis-tallies = groepsprivacy k²ρ, waarbij k het aantal meldingen is dat een kaart in de periode mag sturen; een gebruikelijke grens, geen harde
basis-inside = elke verandering binnen de beschermde eenheid
basis-encounter = het meeste dat één ontmoeting aan elke maat toevoegt
report-limits = Wat de cijfers niet zeggen
report-limits-noise = Elk cijfer bevat ruis. Lees het interval: een klein verschil tussen twee cijfers kan alleen ruis zijn.
report-limits-bounded = Het zijn begrensde totalen. Wat een eenheid boven de bovengrens aan een maat toevoegt, telt niet mee, en de intervallen gelden voor deze totalen.
report-limits-people = Ze tellen wat is ingestuurd, geen mensen. Werk dat niemand heeft ingestuurd, zit er niet in.
report-limits-sums = Tel de cijfers van een tabel nooit op. Neem een grovere tabel, of tel de schattingen van het CSV- of JSON-bestand op; tussen periodes tellen varianties op.
report-take = Om mee te nemen
report-take-json = de publicatie zelf
report-take-csv = één tabel
report-take-datapackage = beschrijving van de CSV
report-take-xlsx = een werkmap met toelichting
report-take-dhis2 = gegevenswaarden
report-take-registry = een concept voor het register van toepassingen
report-print = Afgedrukt wordt deze pagina een kort verslag op één vel.
report-cite = Zo te citeren
report-cite-as = { $programme }: { $period }. Gepubliceerd op { $day }; totalen met differentiële privacy, ρ = { $rho }, ε = { $epsilon }. SHA-256 van de publicatie: { $digest }
report-made = Gemaakt met peertally { $version }, broncode { $commit }. SHA-256 van het programmabestand: { $config }, van het beleidsbestand: { $policy }.

## Several periods

sum-title = { $first } tot en met { $last }, opgeteld
sum-what = Periodes: { $many }, weken: { $weeks }. Gemaakt uit de schattingen en hun varianties, nooit uit de gedrukte cijfers.
sum-gap = Zit er niet in: weken { $weeks }.
sum-targets = De doelen van de periodes samen.
sum-name-by = { $name } per { $by }, opgeteld
sum-left-out = Weggelaten
sum-promise = Optellen wat al gepubliceerd is, geeft niets nieuws prijs.
sum-promise-one = Een beschermde eenheid ({ $unit }) ligt in één periode, dus daarvoor geldt de grootste van de waarden: ρ = { $rho }, dat is ε = { $epsilon } bij δ = { $delta }.
sum-promise-every = Wie in elk van deze periodes heeft gemeld, staat bloot aan de som: dat is de rechterhelft van de tabel. Voor wie de hele tijd heeft gewerkt, geldt de regel “{ $unit }”.
sum-units = ρ en ε (δ = { $delta }); de ε voor alle periodes is een bovengrens
sum-one = { $cost } van één
sum-every = { $cost } van één in elke periode
sum-sources = De publicaties waaruit het is gemaakt
sum-source = { $period }, gepubliceerd op { $day }
why-not-counted = niet geteld in { $periods }
why-not-counted-here = niet geteld
why-units = in { $before } geteld in “{ $first }” en in { $after } in “{ $second }”
why-unit = geteld in “{ $unit }”
why-week = een week ligt in één periode: die staat in het rapport daarvan
why-no-table = geen zo’n tabel in { $periods }
why-categories = de categorieën van { $before } en { $after } verschillen
why-categories-here = de categorieën verschillen
why-cap = de bovengrens was { $first } en toen { $second }, dus is een ander deel afgekapt
why-cap-unit = de bovengrens gold voor { $first } en toen voor { $second }, dus is een ander deel afgekapt
why-length = de bovengrens geldt voor een hele periode, en ze hebben { $first } en { $second } weken
note-cap = De bovengrens van { $name } is { $first } in { $before } en { $second } in { $after }: hier zijn totalen opgeteld die bij verschillende grenzen zijn afgekapt.
note-unit = De beschermde eenheid is { $first } in { $before } en { $second } in { $after }: de bovengrenzen kappen andere delen af, en de som neemt ze zoals ze zijn.
note-programme = Het programma heette { $first } in { $before } en { $second } in { $after }.
note-ground = De categorieën van { $by } zijn ondertussen veranderd: het kan iets anders omvatten.
time-what = Periodes naast elkaar, alleen uit wat gepubliceerd is.
time-refused = Niet opgeteld
time-choose = Optellen
time-button = De gekozen periodes optellen
time-years = Hele jaren:
time-how-bars = Zo lees je het: een balk is het cijfer, de staande streep het 95%-interval. Een bleke balk is te onzeker om te gebruiken. Een liggende streep is het doel. Een stippellijn betekent dat veranderd is wat geteld wordt.
time-how-words = “Meer” en “minder” staat er alleen waar ruis de verandering niet kan verklaren: het hele 95%-interval van het verschil ligt aan één kant. Waarom zegt het niet: wordt er meer gemeld, dan wordt er ook meer geteld. Waar niets veranderd is, zegt één op de twintig vergelijkingen door toeval toch meer of minder.
time-gap = De weken { $weeks } liggen tussen deze periodes en zijn niet getoond.
time-chart = { $name }, { $first } tot en met { $last }
time-column = Cijfer, 95%-interval en verloop
time-missing = Niet getoond: { $period }, { $why }.
time-broken = Geen verloop van { $before } naar { $after }: { $why }.
time-weekly = { $before } en { $after } zijn per week vergeleken: ze hebben er { $first } en { $second }.
time-up = Meer
time-down = Minder
time-cannot = Niet te zeggen
time-up-since = Meer dan { $period }: { $low } tot { $high } meer.
time-down-since = Minder dan { $period }: { $low } tot { $high } minder.
time-cannot-since = Niet te zeggen ten opzichte van { $period }: tussen { $low } minder en { $high } meer.
time-up-week = Meer dan { $period }: { $low } tot { $high } meer per week (weken: { $first }, dan { $second }).
time-down-week = Minder dan { $period }: { $low } tot { $high } minder per week (weken: { $first }, dan { $second }).
time-cannot-week = Niet te zeggen ten opzichte van { $period }: tussen { $low } minder en { $high } meer per week (weken: { $first }, dan { $second }).
time-no-trend = Geen verloop sinds { $period }: { $why }.
time-nothing = Niets om mee te vergelijken.
time-too-many = Er kunnen hoogstens { $most } periodes tegelijk worden gekozen, en dit zijn er { $many }: kies er minder.
time-not-period = “{ $name }” is geen periode: een kwartaal schrijf je 2025-Q1, een maand 2025-M03.
time-no-release = { $period } is nog niet gepubliceerd: kies uit de lijst.
time-unreadable = De publicatie van { $period } is nu niet te lezen: laat die weg, of probeer het later opnieuw.
time-too-few = Optellen kan met twee periodes of meer: kies er nog een, of lees het rapport van deze periode.
time-twice = { $period } staat er twee keer: noem elke periode één keer.
time-overlap = { $first } en { $second } overlappen: de gedeelde weken zouden twee keer tellen. Laat er een weg.

## The log

audit-what = Elke stap in het leven van een periode is een regel in een openbaar logboek dat alleen kan groeien. Het zegt nooit hoeveel meldingen er waren, of van wie.
audit-verified = Het logboek is uit zijn openbare bestanden gelezen en gecontroleerd toen deze pagina werd gemaakt.
audit-periods = Hoe de periodes ervoor staan
audit-state = Stand
audit-opened = Geopend op
audit-spent = Verbruikt budget (ρ)
state-open = neemt meldingen aan
state-closing = neemt niets meer aan, nog niet gepubliceerd
state-debited = budget verbruikt, wordt gepubliceerd
state-released = gepubliceerd; de sleutels zijn nog niet vernietigd
state-shredded = gepubliceerd; de sleutels zijn vernietigd
audit-keep = Bewaar vandaag een kopie
audit-keep-what = Bewaar het controlepunt en schrijf de sleutel op, ergens waar deze dienst niet bij kan. Vergelijk ze de volgende keer: wie een ouder controlepunt heeft, kan merken dat het logboek is herschreven.
audit-save = Dit controlepunt bewaren
audit-key = Controlesleutel
audit-checkpoint = Controlepunt
audit-run = Zelf controleren
audit-run-what = Op elke computer met het programma, alleen uit de openbare bestanden. ADDRESS is het adres van deze dienst, “checkpoint” het bestand dat de vorige keer is bewaard.
audit-files = De bestanden:
audit-entries = Alle regels
audit-entry = Regel
audit-day = Dag
audit-event = Wat er gebeurde
event-programme = een programmabestand geldt vanaf de volgende periode
event-policy = een beleidsbestand geldt vanaf nu
event-opened = de periode neemt meldingen aan
event-closing = de periode neemt geen meldingen meer aan
event-debited = het budget is verbruikt, voordat er ruis wordt getrokken
event-published = de publicatie ligt vast
event-destroyed = de sleutels zijn vernietigd
proof-title = In het logboek
proof-held = Het logboek bevat de SHA-256 van deze publicatie als regel { $index } van { $size }. Het bewijs is gecontroleerd toen deze pagina werd gemaakt.
proof-sha = SHA-256 van de publicatie
proof-how = Het bewijs, en hoe je het zelf controleert
proof-entry = Regel { $index }, byte voor byte
proof-leaf = Hash van het blad
proof-path = Pad (naburige hashes, vanaf het blad)
proof-root = Wortel van het logboek, bij { $size } regels
proof-file = Neem het JSON-bestand en bereken de SHA-256. Het moet die van hierboven zijn, en die in de regel.
proof-tree = De hash van het blad is de SHA-256 van een nulbyte gevolgd door de bytes van de regel. Vandaar is elke stap de SHA-256 van een byte 1, de linker hash en de rechter hash (RFC 9162, paragraaf 2.1.3.2, met index { $index } en grootte { $size }). Het moet bij de wortel eindigen.
proof-checkpoint = De wortel is, in base64, de derde regel van het controlepunt zolang dat { $size } regels heeft; het controlepunt moet ondertekend zijn met de sleutel die je van het programma hebt.
proof-once = Of alles in één keer, met het adres van deze dienst voor ADDRESS en die sleutel voor KEY:
proof-missing = Het logboek was nu niet te lezen: controleer zelf bij het controlepunt.
audit-shows = Wat dit laat zien: wat is gepubliceerd, is wat in het logboek staat, één keer per periode, binnen het budget.
audit-not = Wat het niet kan laten zien: dat de tellingen klopten, of dat de ruis is getrokken zoals er staat.

## What is kept

policy-what = Deze pagina is gemaakt uit het beleidsbestand waar het programma bij elke start aan wordt gehouden: het weigert te draaien als het iets anders opslaat.
policy-language = De onderdelen staan hier in de taal van het beleidsbestand.
policy-notice = Privacyverklaring
policy-legal = Als een autoriteit vraagt of in beslag neemt
policy-json = Als JSON
policy-never = Nooit bewaard
policy-who = Wie ziet wat
policy-may = Mag zien:
policy-may-not = Mag nooit zien:
policy-all = Alles wat wordt bewaard
policy-where = Waar
policy-form = Vorm
policy-why = Waarom
policy-long = Hoe lang
policy-seen = Gezien door
policy-destroyed = Vernietigd door

## The cards sheet

cards-title = Kaarten
cards-type = Typ deze code:
cards-type-or = of typ deze code:
cards-open = Richt de camera op het vierkant, of open
cards-open-blank = Open dit adres:
cards-send = Stuur in wat je hebt gedaan, week voor week. Er wordt geen naam gevraagd.
cards-keep = Bewaar deze kaart als een sleutel: wie hem heeft, kan namens jou insturen.
cards-stub = Afscheuren en apart bewaren. Raakt de kaart kwijt, dan maakt deze code hem onbruikbaar; verder kan de code niets.

## Pages that are not there

missing-title = Hier is niets
missing-period = Dit is geen periode: een kwartaal schrijf je als 2025-Q1, een maand als 2025-M03.
missing-release-title = Nog niet gepubliceerd
missing-release = Deze periode is niet gepubliceerd. De lijst van rapporten zegt wanneer de volgende komt.
reading-busy-title = Een ogenblik alstublieft
reading-busy = Er lezen nu veel mensen, en pagina’s worden één voor één gemaakt. Laad deze pagina over enkele seconden opnieuw.
