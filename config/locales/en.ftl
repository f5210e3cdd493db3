# English: the original. Every other file has the same keys and the same variables;
# the build fails where one is missing, too many or misspelt (build.rs).
# status: original

## Every page

frame-leave = Leave this page
frame-languages = Languages
frame-pages = Pages
frame-unchecked = This translation has not been checked by a native speaker yet.
nav-form = Form
nav-practice = Practice
nav-correct = Correct or withdraw
nav-paper = On paper
nav-reports = Reports
nav-policy = What is kept
nav-audit = Check the log
nav-help = Help

## The form

form-practice-mark = Practice: looks the same, stores nothing.
form-no-week = No week is open at the moment.
form-no-key = { $period } takes no tallies yet: the key that they would be sealed to was not given. Keep your tally, and tell your coordinator
form-nothing-stored = Nothing was stored.
form-nothing-lost = Nothing that you typed is lost.
form-card = Card
form-week = Week
form-counts = Fill in what you counted; leave the rest blank
form-counts-short = Counts
form-receipt = Receipt
form-receipt-this = Receipt of this tally:
form-choose = Choose
form-more = One more: { $what }
form-less = One less: { $what }
form-send = Send
form-why = Why we ask
form-why-asked = Asked by: { $who }. One tally holds up to { $max }.
form-practise = Practise first
form-practise-what = The same form, nothing is stored.
week-this = This week
week-last = Last week
week-before = Two weeks ago

## After sending

receipt-title = Thank you
receipt-practice = Practice: nothing was stored.
receipt-stored = Your tally is stored.
receipt-same = Your tally was here already and holds what you sent last.
receipt-number = Your receipt:
receipt-what = With this number and your card the tally can be corrected or withdrawn until its period closes. You don't have to keep it.
receipt-sent = What you sent
receipt-another = Send another one
sent-once = This page is shown once: if you want to keep the number, write it down now.
sent-gone = A page like this is shown once, and for a few minutes only.
sent-gone-again = If you have its receipt and are not sure that your tally arrived, send it again under “Correct or withdraw” with that receipt: it counts once.

## Correct or withdraw

correct-title = Correct or withdraw
correct-how = Type the receipt and the card it was sent with. To correct, fill in the whole tally anew: it takes the place of the old one. To withdraw, receipt and card are enough.
correct-replace = Replace the tally
correct-withdraw = Withdraw the tally
correct-replaced = Your tally now holds what you sent just now.
correct-new = There was no open tally with this receipt, so this is stored as a new one. If the old one belongs to a closed period, it now counts twice: withdraw the new one if you did not want that.
correct-offline = Not sent: there is no connection. Corrections and withdrawals cannot wait on this phone. Everything you typed is still here; send it again later.
withdrawn-title = Withdrawn
withdrawn-what = Your tally is taken back and will not be counted.
withdrawn-spent = Its receipt is spent. If you change your mind, send the tally again as a new one.

## What can be wrong; the English words are those of the API

problem-missing = this is missing: choose one
problem-not-text = this must be text
problem-not-object = this must be an object with a number for each measure
problem-unknown-field = the programme asks for no such field: leave it out
problem-unknown-category = this is not in the list: choose one of { $list }
problem-no-count = fill in at least one count; zero is a count, blank is not
problem-not-whole = write a whole number from 0 to { $max }, or leave it blank
problem-too-large = this is more than one tally may hold ({ $max }): check the number, or send the rest as another tally
problem-week = this is not a week of the list: choose one
problem-receipt-length = a receipt is 16 digits
problem-receipt-check = the receipt's check digit is wrong: compare it with what you wrote down, digit by digit
problem-card-length = a code has 20 letters and digits, in four groups of five
problem-card-symbol = a code has only digits and letters, and never the letter U
problem-card-check = the code has a slip of the hand: compare it with the paper, letter by letter
problem-card-stub = this is the code of the tear-off stub, which can only revoke: type the code of the card itself
refused-unreadable-title = Not readable
refused-unreadable = this could not be read: go back to the form and send it from there
refused-repeated-title = Said twice
refused-repeated = `{ $name }` stands twice, and which one counts cannot be known: send it once
refused-invalid-title = Some fields need another look
refused-invalid = some fields need another look; nothing was stored
refused-card-title = This card is not in use
refused-card = this card is not in use here: check that it is the card of this programme and not out of date, or ask your coordinator for a new one
refused-week-title = This week is not open
refused-week = this week is not open: tallies are taken for { $weeks }
refused-week-none = this week is not open: tallies are taken for no week at the moment
refused-no-key = { $why }; tallies are taken for { $weeks }
refused-no-key-none = { $why }; tallies are taken for no week at the moment
refused-period-title = This period is closed
refused-period = this tally's period has just been closed: it was not taken, and what was sent before can no longer be changed; tallies are taken for { $weeks }
refused-period-none = this tally's period has just been closed: it was not taken, and what was sent before can no longer be changed; tallies are taken for no week at the moment
refused-withdrawn-title = This tally was withdrawn
refused-withdrawn = this tally was withdrawn, so its receipt is spent: send it as a new tally if you want it counted
refused-rate-title = Enough for this hour
refused-rate =
    { $limit ->
        [one] this card has sent { $limit } new tally within an hour, which is the most it may: keep this one and send it later, in an hour at the latest
       *[other] this card has sent { $limit } new tallies within an hour, which is the most it may: keep this one and send it later, in an hour at the latest
    }
refused-none-title = No such tally
refused-none = there is no tally with this receipt from this card in an open period
refused-busy = more tallies are arriving than can be written just now; nothing was acknowledged. Send the same tally again in a moment
refused-unavailable-title = Not stored just now
refused-unavailable = the tally could not be stored just now; nothing was acknowledged. Send the same tally again in a moment

## On this device: all of it is off unless somebody switches it on

device-title = On this phone
device-what = All of this is off until you switch it on, and stays on this phone. The button below and “Leave this page” delete it, also without a connection.
device-card = Remember my card
device-card-what = This cannot be protected. Whoever opens this phone, or copies it, has your card and can send as you.
device-queue = Keep tallies that could not be sent
device-queue-what = Each is sealed at once. Nobody can read it on this phone, not even you. How many are waiting, and in which weeks they were typed, can be seen.
device-totals = Keep my own totals
device-totals-what = Locked with your card: they show only once it is typed. Whoever finds both this phone and your card can read them.
device-clear = Clear all of it from this phone
device-cleared = Everything that this page kept on this phone is deleted. The browser’s history is not.
device-own = My own totals on this phone (with what is waiting, without later corrections)
device-failed = This phone could not keep it. Nothing was lost from the form.
queue-waiting =
    { $n ->
        [one] { $n } not sent yet
       *[other] { $n } not sent yet
    }
queue-send = Send now
queue-delete = Delete
queue-kept = Not sent: there is no connection. The tally is sealed on this phone. It is sent when this page is open and there is a connection.
queue-offline = Not sent: there is no connection. Everything you typed is still here; send it again later.
queue-check = Not sent: there is no connection. Before it can be kept on this phone, the marked fields need another look: once it is sealed, nobody can put it right.
queue-full = Not sent, and 20 tallies are waiting already, which is the limit. Everything you typed is still here.
queue-sent = What was waiting has been sent.
queue-refused = A tally that was waiting was not taken. It cannot be read on this phone: type it again, then delete it here.
queue-gone = A tally waited too long. The key it was sealed to is gone, and nobody can open it: type it again, then delete it here.

## On paper

paper-title = On paper
paper-how = Print this page and fill it in with a pen. One sheet is one tally. Write no name on it, and no card code. Type it in later, or hand it to whoever types in the sheets.
paper-week = Week (such as { $week })
paper-tick = Tick one
paper-after = When it is typed in, tear this sheet up.

## Help

help-title = Help
help-send = Sending a tally
help-send-what = Type the code of your card, choose week, area and setting, fill in what you counted, and send. Blank is fine, and is not the same as zero. A wrong number can be corrected, and a tally withdrawn, until the period closes: with your card and the receipt. After that it stays as it was counted: sending it again for a later week would count it a second time.
help-hold = What we hold
help-hold-what = No name, no address, no time of day. A tally is stored under a pseudonym that is worth nothing once the period closes, sealed so that the service itself cannot read it back before then.
help-hold-all = All of it, field by field
help-notice = As a notice to print
help-legal = What a seizure of each thing can give, and what not
help-not = What we cannot protect
help-not-history = Your browser’s history: the button “Leave this page” does not erase it. If you opened a link with the code of your card in it, the code is in there too.
help-not-card = A card that is found on you shows that you hold a card of this programme.
help-not-network = Whoever runs the network sees that this address was opened.
help-not-host = While a period is open, somebody who has both the host and your card can read what that card sent in it.
help-not-phone = If this phone remembers your card, whoever opens or copies the phone has it. Tallies that are waiting are sealed, and your own totals are locked with your card.
help-ask = If the police ask
help-ask-say = You need not say that you have a card, or what it is for. You may ask for a lawyer before you answer anything.
help-ask-phone = Whether you have to unlock your phone depends on the law where you are. Ask your coordinator now, before it happens.
help-ask-card = A lost or taken card is made useless by its stub: your coordinator has it, or you have. The stub cannot be used to send, or to see what was sent.
help-ask-give = We cannot hand over a list of workers, because there is none.

## Reports

reports-title = Reports
reports-same = The same figures for everyone, at the same moment.
reports-none = No release yet.
reports-none-next = No release yet; the next is { $period }, on { $day }.
reports-next = The next release is { $period }, on { $day }.
reports-next-key = The next release is { $period }, not before { $day }: its private key is kept away from this service and is brought then.
reports-period = Period
reports-weeks = Weeks
reports-published = Published
reports-time = Over time
reports-time-what = periods side by side, or added up
report-title = { $programme }: { $period }
report-between = Between { $low } and { $high }, with 95 % confidence.
report-bar = { $name }: { $figure }, between { $low } and { $high }.
report-quality = Quality
report-good = good
report-caution = use with caution
report-uncertain = too uncertain to use
report-target-reached = Target { $value }: reached
report-target-not = Target { $value }: not reached
report-target-unknown = Target { $value }: cannot tell
report-target-how = A target is judged on the interval, never on the figure alone.
report-and = { $first } and { $second }
report-range = { $first } to { $last }
report-by = By { $by } (standard deviation of the noise: { $stdev })
report-name-by = { $name } by { $by }
report-week = Week
report-figure = Figure
report-interval = 95 % interval
report-long = { $name } by { $by } has { $rows } rows, too many for a page: it is in the files.
report-trend = Over time
report-trend-what = Each bar is a period’s figure, its upright line the 95 % interval. A pale bar is too uncertain to use.
report-trend-more = All periods, with trends in words, and several added up
report-promise = What is promised
report-promise-tally = Noise was added to every figure, so that this report would look almost the same with or without any one tally. It does not hide that a card sent many tallies.
report-promise-week = Noise was added to every figure, so that this report would look almost the same with or without all that any one card sent for one week. It does not formally hide that someone worked all period: the table shows how much less holds for that.
report-promise-period = Noise was added to every figure, so that this report would look almost the same with or without all that any one card sent in the period.
report-promise-cost = In figures: zero-concentrated differential privacy with ρ = { $rho }, which is ε = { $epsilon } at δ = { $delta }. Smaller figures protect more.
report-promise-card = The unit is one card, not one person: two cards, or a card and a paper import, are two units. It does not hide that the programme took place, or what is known from elsewhere.
report-units = The same noise, seen for other units (δ = { $delta })
report-unit = Unit
report-basis = Rests on
unit-tally = one tally
unit-worker-week = a card’s week
unit-worker-period = a card’s whole period
unit-encounter = one encounter
basis-itself = the guarantee itself
basis-weeks = group privacy k²ρ, with k the number of weeks of the period: { $k }
basis-tallies = group privacy k²ρ, with k the tallies one card may send in the period; a typical limit, not a hard one
basis-inside = any change inside the protected unit
basis-encounter = the most that one encounter adds to each measure
report-limits = What the figures do not say
report-limits-noise = Each figure carries noise. Read the interval: a small difference between two figures may be noise alone.
report-limits-bounded = They are bounded totals. What one unit adds to a measure beyond its cap is left out, and the intervals are for these totals.
report-limits-people = They count what was sent in, not people. Work that nobody sent in is not in them.
report-limits-sums = Never add up the figures of a table. Use a coarser table, or add the estimates of the CSV or JSON file; between periods, variances add up.
report-take = Take it with you
report-take-json = the release itself
report-take-csv = one table
report-take-datapackage = description of the CSV
report-take-xlsx = a workbook with notes
report-take-dhis2 = data values
report-take-registry = a draft entry for the registry of deployments
report-print = Printed, this page becomes a brief on one sheet.
report-cite = How to cite
report-cite-as = { $programme }: { $period }. Published on { $day }; totals with differential privacy, ρ = { $rho }, ε = { $epsilon }. SHA-256 of the release: { $digest }
report-made = Made by peertally { $version }, source { $commit }. SHA-256 of the programme file: { $config }, of the policy file: { $policy }.

## Several periods

sum-title = { $first } to { $last }, added up
sum-what = Periods: { $many }, weeks: { $weeks }. Made from the estimates and their variances, never from the printed figures.
sum-gap = Not in it: weeks { $weeks }.
sum-targets = The periods’ targets together.
sum-name-by = { $name } by { $by }, added up
sum-left-out = Left out
sum-promise = Adding up what is published already costs no new privacy.
sum-promise-one = A protected unit ({ $unit }) lies in one period only, so the largest of the periods’ costs holds for it: ρ = { $rho }, which is ε = { $epsilon } at δ = { $delta }.
sum-promise-every = Who sent in every one of these periods is exposed to the sum of their costs: that is the right half of the table. For somebody who worked all the time, read the row “{ $unit }”.
sum-units = ρ and ε (δ = { $delta }); ε in every period is an upper bound
sum-one = { $cost } of one
sum-every = { $cost } of one in every period
sum-sources = The releases it was made from
sum-source = { $period }, published on { $day }
why-not-counted = not counted in { $periods }
why-not-counted-here = not counted
why-units = counted by the { $first } in { $before } and by the { $second } in { $after }
why-unit = counted by the { $unit }
why-week = a week lies in one period only: read it in the report of its period
why-no-table = no such table in { $periods }
why-categories = categories differ between { $before } and { $after }
why-categories-here = the categories differ
why-cap = the cap was { $first } and then { $second }, so another part was cut off
why-cap-unit = the cap was for { $first } and then for { $second }, so another part was cut off
why-length = the cap is for a whole period, and they have { $first } and { $second } weeks
note-cap = The cap of { $name } is { $first } in { $before } and { $second } in { $after }: the sum adds totals that were cut at different caps.
note-unit = The protected unit is { $first } in { $before } and { $second } in { $after }: the caps cut off other parts, and the sum adds them as they are.
note-programme = The programme was called { $first } in { $before } and { $second } in { $after }.
note-ground = The categories of { $by } changed in between: it may cover other ground.
time-what = Periods side by side, made from the published releases alone.
time-refused = Not added up
time-choose = Add up
time-button = Add up the chosen periods
time-years = Whole years:
time-how-bars = How to read it. A bar is the figure, its upright line the 95 % interval. A pale bar is too uncertain to use. A dash is the target. A dotted line means that what is counted changed.
time-how-words = “Up” and “down” are said only where noise cannot explain the change: the whole 95 % interval of the difference lies on one side. They do not say why: more tallies sent also means more counted. Where nothing changed, one comparison in twenty still says up or down by chance.
time-gap = Weeks { $weeks } lie between these periods and are not shown.
time-chart = { $name } from { $first } to { $last }
time-column = Figure, 95 % interval and trend
time-missing = Not shown: { $period }, { $why }.
time-broken = No trend from { $before } to { $after }: { $why }.
time-weekly = { $before } and { $after } are compared by the week: they have { $first } and { $second }.
time-up = Up
time-down = Down
time-cannot = Cannot tell
time-up-since = Up since { $period }: by { $low } to { $high }.
time-down-since = Down since { $period }: by { $low } to { $high }.
time-cannot-since = Cannot tell since { $period }: between { $low } fewer and { $high } more.
time-up-week = Up since { $period }: by { $low } to { $high } a week (weeks: { $first }, then { $second }).
time-down-week = Down since { $period }: by { $low } to { $high } a week (weeks: { $first }, then { $second }).
time-cannot-week = Cannot tell since { $period }: between { $low } fewer and { $high } more a week (weeks: { $first }, then { $second }).
time-no-trend = No trend since { $period }: { $why }.
time-nothing = Nothing to compare with.
time-too-many = At most { $most } periods can be chosen at once, and these are { $many }: choose fewer.
time-not-period = “{ $name }” is not a period: a quarter is written 2025-Q1, a month 2025-M03.
time-no-release = { $period } has no release yet: choose from the list.
time-unreadable = The release of { $period } cannot be read just now: leave it out, or try again later.
time-too-few = A sum needs two periods or more: choose another one, or read the period’s own report.
time-twice = { $period } is named twice: name each period once.
time-overlap = { $first } and { $second } overlap: the weeks they share would be counted twice. Leave one of them out.

## The log

audit-what = Each step of a period’s life is an entry in a public log that can only grow. It never says how many tallies there were, or whose.
audit-verified = The log was read from its public files and verified when this page was made.
audit-periods = Where the periods stand
audit-state = State
audit-opened = Opened
audit-spent = Budget spent (ρ)
state-open = takes tallies
state-closing = takes no more tallies, not yet published
state-debited = budget spent, being published
state-released = published; its keys are not destroyed yet
state-shredded = published; its keys are destroyed
audit-keep = Keep a copy today
audit-keep-what = Save the checkpoint and write down the key, somewhere this service cannot reach. Compare them next time: whoever has an older checkpoint can notice that the log was rewritten.
audit-save = Save this checkpoint
audit-key = Verifier key
audit-checkpoint = Checkpoint
audit-run = Check it yourself
audit-run-what = On any computer that has the program, from the public files alone. ADDRESS is the address of this service, “checkpoint” the file you saved last time.
audit-files = The files:
audit-entries = All entries
audit-entry = Entry
audit-day = Day
audit-event = What happened
event-programme = a programme file holds from the next period on
event-policy = a policy file holds from now on
event-opened = the period takes tallies
event-closing = the period takes no more tallies
event-debited = its budget is spent, before any noise is drawn
event-published = its release is fixed
event-destroyed = its keys are destroyed
proof-title = In the log
proof-held = The log holds the SHA-256 of this release as entry { $index } of { $size }. The proof was checked when this page was made.
proof-sha = SHA-256 of the release
proof-how = The proof, and how to check it yourself
proof-entry = Entry { $index }, its own bytes
proof-leaf = Leaf hash
proof-path = Path (sibling hashes, from the leaf)
proof-root = Root of the log, at { $size } entries
proof-file = Take the JSON file and compute its SHA-256. It must be the one above, and the one in the entry.
proof-tree = The leaf hash is SHA-256 of a zero byte followed by the entry’s bytes. From there each step is SHA-256 of a byte 1, the left hash and the right hash (RFC 9162, section 2.1.3.2, with index { $index } and size { $size }). It must end at the root.
proof-checkpoint = The root, in base64, is the third line of the checkpoint as long as that has { $size } entries; the checkpoint must be signed by the key that the programme gave you.
proof-once = Or all of it at once, with the address of this service as ADDRESS and that key as KEY:
proof-missing = The log could not be read just now: check it yourself at the checkpoint.
audit-shows = What this shows: what was published is what was logged, once per period, within the budget.
audit-not = What it cannot show: that the counts were true, or that the noise was drawn as stated.

## What is kept

policy-what = This page is made from the policy file that the program is held against at every start: it refuses to run if it stores anything else.
policy-language = The entries stand here in the language of the policy file.
policy-notice = Data-protection notice
policy-legal = If an authority asks or seizes
policy-json = As JSON
policy-never = Never kept
policy-who = Who sees what
policy-may = May see:
policy-may-not = May never see:
policy-all = Everything that is kept
policy-where = Where
policy-form = Form
policy-why = Why
policy-long = How long
policy-seen = Seen by
policy-destroyed = Destroyed by

## The cards sheet

cards-title = Cards
cards-type = Type this code:
cards-type-or = or type this code:
cards-open = Point the camera at the square, or open
cards-open-blank = Open this address:
cards-send = Send what you did, week by week. No name is asked.
cards-keep = Keep this card as you would a key: whoever has it can send as you.
cards-stub = Tear off and keep apart. If the card is lost, this code makes it useless; it can do nothing else.

## Pages that are not there

missing-title = Nothing here
missing-period = This is not a period: a quarter is written 2025-Q1, a month 2025-M03.
missing-release-title = No release yet
missing-release = This period has not been published. The list of reports says when the next one is.
reading-busy-title = Please wait a moment
reading-busy = Many people are reading just now, and pages are made one at a time. Load this page again in a few seconds.
