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

form-again = Another look needed
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
week-before = The week before

## After sending

receipt-title = Thank you
receipt-practice = Practice: nothing was stored.
receipt-stored = Your tally is stored.
receipt-same = Your tally was here already and holds what you sent last.
receipt-number = Your receipt:
receipt-what = With this number and your card the tally can be corrected or withdrawn until its period closes. You don't have to keep it.
receipt-another = Send another one

## Correct or withdraw

correct-title = Correct or withdraw
correct-how = Type the receipt and the card it was sent with. To correct, fill in the whole tally anew: it takes the place of the old one. To withdraw, receipt and card are enough.
correct-replace = Replace the tally
correct-withdraw = Withdraw the tally
correct-replaced = Your tally now holds what you sent just now.
correct-new = There was no open tally with this receipt, so this is stored as a new one. If the old one belongs to a closed period, it now counts twice: withdraw the new one if you did not want that.
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
refused-invalid-title = Some fields need another look
refused-invalid = some fields need another look; nothing was stored
refused-card-title = This card is not in use
refused-card = this card is not in use here: check that it is the card of this programme and not out of date, or ask your coordinator for a new one
refused-week-title = This week is not open
refused-week = this week is not open: tallies are taken for { $weeks }
refused-week-none = this week is not open: tallies are taken for no week at the moment
refused-no-key = { $why }; tallies are taken for { $weeks }
refused-no-key-none = { $why }; tallies are taken for no week at the moment
refused-withdrawn-title = This tally was withdrawn
refused-withdrawn = this tally was withdrawn, so its receipt is spent: send it as a new tally if you want it counted
refused-quota-title = Enough for this week
refused-quota =
    { $limit ->
        [one] this card has sent { $limit } tally for this week, which is the limit: correct it instead
       *[other] this card has sent { $limit } tallies for this week, which is the limit: correct one of them instead
    }
refused-none-title = No such tally
refused-none = there is no tally with this receipt from this card in an open period
refused-unavailable-title = Not stored just now
refused-unavailable = the tally could not be stored just now; nothing was acknowledged. Send the same tally again in a moment

## On this device: all of it is off unless somebody switches it on

device-title = On this phone
device-what = All of this is off until you switch it on. It is kept locked on this phone only; still, whoever opens this page on this phone can use it. “Leave this page” clears it too.
device-card = Remember my card
device-queue = Keep tallies that could not be sent, for up to 7 days
device-totals = Keep my own totals
device-clear = Clear all of it from this phone
device-cleared = Nothing is kept on this phone any more.
device-own = My own totals on this phone (later corrections are not in them)
device-failed = This phone could not keep it. Nothing was lost from the form.
queue-waiting =
    { $n ->
        [one] { $n } not sent yet
       *[other] { $n } not sent yet
    }
queue-send = Send now
queue-delete = Delete
queue-look = Look at it
queue-kept = Not sent: there is no connection. The tally is kept on this phone and sent when there is one.
queue-offline = Not sent: there is no connection. Everything you typed is still here; send it again later.
queue-full = Not sent, and 20 tallies are waiting already, which is the limit. Everything you typed is still here.
queue-sent = What was waiting has been sent.
queue-expired = A tally waited for more than 7 days. It was deleted and never sent.
queue-refused = Not taken:

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
help-not-history = Your browser's history: the button “Leave this page” does not erase it.
help-not-card = A card that is found on you shows that you hold a card of this programme.
help-not-network = Whoever runs the network sees that this address was opened.
help-not-host = While a period is open, somebody who has both the host and your card can read what that card sent in it.
help-not-phone = What you switch on to be kept on this phone can be used by whoever opens the phone.
help-ask = If the police ask
help-ask-say = You need not say that you have a card, or what it is for. You may ask for a lawyer before you answer anything.
help-ask-phone = You need not unlock your phone unless the law where you live says so: ask your coordinator what holds here, before you need to know.
help-ask-card = A lost or taken card is made useless by its stub: your coordinator has it, or you have. The stub cannot be used to send, or to see what was sent.
help-ask-give = We cannot hand over a list of workers, because there is none.

## Pages that are not there

missing-title = Nothing here
missing-period = This is not a period: a quarter is written 2025-Q1, a month 2025-M03.
missing-release-title = No release yet
missing-release = This period has not been published. The list of reports says when the next one is.
