# Français. Mêmes clés et mêmes variables que en.ftl.
# status: not yet read by a native speaker

## Every page

frame-leave = Quitter cette page
frame-languages = Langues
frame-pages = Pages
frame-unchecked = Cette traduction n’a pas encore été relue par une personne de langue maternelle.
nav-form = Formulaire
nav-practice = Essai
nav-correct = Corriger ou retirer
nav-paper = Sur papier
nav-reports = Rapports
nav-policy = Ce qui est gardé
nav-audit = Vérifier le journal
nav-help = Aide

## The form

form-practice-mark = Essai : tout est pareil, rien n’est enregistré.
form-no-week = Aucune semaine n’est ouverte en ce moment.
form-no-key = { $period } ne prend pas encore de saisies : la clé qui doit les sceller n’a pas été donnée. Gardez votre saisie et prévenez la coordination
form-nothing-stored = Rien n’a été enregistré.
form-nothing-lost = Rien de ce que tu as saisi n’est perdu.
form-card = Carte
form-week = Semaine
form-counts = Remplis ce que tu as compté ; laisse le reste vide
form-counts-short = Nombres
form-receipt = Reçu
form-receipt-this = Reçu de cette saisie :
form-choose = Choisir
form-more = Un de plus : { $what }
form-less = Un de moins : { $what }
form-send = Envoyer
form-why = Pourquoi on le demande
form-why-asked = Demandé par : { $who }. Une saisie peut compter jusqu’à { $max }.
form-practise = S’exercer d’abord
form-practise-what = Le même formulaire, rien n’est enregistré.
week-this = Cette semaine
week-last = Semaine dernière
week-before = Il y a 2 semaines

## After sending

receipt-title = Merci
receipt-practice = Essai : rien n’a été enregistré.
receipt-stored = Ta saisie est enregistrée.
receipt-same = Ta saisie était déjà là et contient ton dernier envoi.
receipt-number = Ton reçu :
receipt-what = Avec ce numéro et ta carte, la saisie peut être corrigée ou retirée jusqu’à la clôture de sa période. Tu n’es pas obligé·e de le garder.
receipt-sent = Ce que tu as envoyé
receipt-another = En envoyer une autre
sent-once = Cette page ne s’affiche qu’une fois : si tu veux garder le numéro, note-le maintenant.
sent-gone = Une page comme celle-ci ne s’affiche qu’une fois, et pendant quelques minutes seulement.
sent-gone-again = Si tu as son reçu et que tu ne sais pas si ta saisie est arrivée, envoie-la de nouveau sous « Corriger ou retirer » avec ce reçu : elle ne compte qu’une fois.

## Correct or withdraw

correct-title = Corriger ou retirer
correct-how = Saisis le reçu et la carte utilisée pour l’envoi. Pour corriger, remplis de nouveau toute la saisie : elle remplace l’ancienne. Pour retirer, le reçu et la carte suffisent.
correct-replace = Remplacer la saisie
correct-withdraw = Retirer la saisie
correct-replaced = Ta saisie contient maintenant ce que tu viens d’envoyer.
correct-new = Il n’y avait pas de saisie ouverte avec ce reçu ; celle-ci est donc enregistrée comme nouvelle. Si l’ancienne appartient à une période close, elle compte maintenant deux fois : retire la nouvelle si tu ne voulais pas cela.
correct-offline = Pas envoyé : il n’y a pas de connexion. Corrections et retraits ne peuvent pas attendre sur ce téléphone. Tout ce que tu as saisi est encore là ; renvoie-le plus tard.
withdrawn-title = Retirée
withdrawn-what = Ta saisie est retirée et ne sera pas comptée.
withdrawn-spent = Son reçu ne sert plus. Si tu changes d’avis, envoie la saisie de nouveau comme une nouvelle.

## What can be wrong

problem-missing = il manque une réponse : choisis-en une
problem-not-text = ceci doit être du texte
problem-not-object = ceci doit être un objet avec un nombre pour chaque mesure
problem-unknown-field = le programme ne demande pas ce champ : enlève-le
problem-unknown-category = ceci n’est pas dans la liste : choisis parmi { $list }
problem-no-count = remplis au moins un nombre ; zéro est un nombre, vide n’en est pas un
problem-not-whole = écris un nombre entier de 0 à { $max }, ou laisse vide
problem-too-large = c’est plus qu’une saisie ne peut contenir ({ $max }) : vérifie le nombre, ou envoie le reste dans une autre saisie
problem-week = ceci n’est pas une semaine de la liste : choisis-en une
problem-receipt-length = un reçu a 16 chiffres
problem-receipt-check = le chiffre de contrôle du reçu est faux : compare chiffre par chiffre avec ce que tu as noté
problem-card-length = un code a 20 lettres et chiffres, en quatre groupes de cinq
problem-card-symbol = un code n’a que des chiffres et des lettres, et jamais la lettre U
problem-card-check = il y a une faute de frappe dans le code : compare-le lettre par lettre avec le papier
problem-card-stub = c’est le code du talon, qui ne peut que désactiver la carte : saisis le code de la carte elle-même
refused-unreadable-title = Illisible
refused-unreadable = l’envoi n’a pas pu être lu : retourne au formulaire et envoie-le de là
refused-repeated-title = Dit deux fois
refused-repeated = `{ $name }` figure deux fois, et on ne peut pas savoir lequel compte : envoie-le une seule fois
refused-invalid-title = Certains champs sont à revoir
refused-invalid = certains champs sont à revoir ; rien n’a été enregistré
refused-card-title = Cette carte n’est pas en service
refused-card = cette carte n’est pas en service ici : vérifie que c’est bien la carte de ce programme et qu’elle n’a pas expiré, ou demandes-en une nouvelle à ta coordination
refused-week-title = Cette semaine n’est pas ouverte
refused-week = cette semaine n’est pas ouverte : les saisies sont prises pour { $weeks }
refused-week-none = cette semaine n’est pas ouverte : aucune semaine ne l’est en ce moment
refused-no-key = { $why } ; les saisies sont prises pour { $weeks }
refused-no-key-none = { $why } ; aucune semaine n’est ouverte en ce moment
refused-period-title = Cette période est close
refused-period = la période de cette saisie vient d’être close : elle n’a pas été prise, et ce qui a été envoyé avant ne peut plus être changé ; les saisies sont prises pour { $weeks }
refused-period-none = la période de cette saisie vient d’être close : elle n’a pas été prise, et ce qui a été envoyé avant ne peut plus être changé ; aucune semaine n’est ouverte en ce moment
refused-withdrawn-title = Cette saisie a été retirée
refused-withdrawn = cette saisie a été retirée, son reçu ne sert donc plus : envoie-la comme une nouvelle si tu veux qu’elle compte
refused-rate-title = C’est assez pour cette heure
refused-rate =
    { $limit ->
        [one] cette carte a envoyé { $limit } nouvelle saisie en une heure, c’est le maximum : garde celle-ci et envoie-la plus tard, dans une heure au plus
       *[other] cette carte a envoyé { $limit } nouvelles saisies en une heure, c’est le maximum : garde celle-ci et envoie-la plus tard, dans une heure au plus
    }
refused-none-title = Pas de saisie de ce genre
refused-none = il n’y a pas de saisie avec ce reçu et cette carte dans une période ouverte
refused-busy = il arrive plus de saisies qu’on ne peut en écrire pour l’instant ; rien n’a été confirmé. Renvoie la même saisie dans un moment
refused-unavailable-title = Pas enregistré pour l’instant
refused-unavailable = la saisie n’a pas pu être enregistrée pour l’instant ; rien n’a été confirmé. Renvoie la même saisie dans un moment

## On this device

device-title = Sur ce téléphone
device-what = Tout ceci est éteint tant que tu ne l’allumes pas, et reste sur ce téléphone. Le bouton ci-dessous et « Quitter cette page » l’effacent, même sans connexion.
device-card = Retenir ma carte
device-card-what = Cela ne peut pas être protégé. Qui ouvre ce téléphone, ou le copie, a ta carte et peut envoyer à ta place.
device-queue = Garder les saisies qui n’ont pas pu partir
device-queue-what = Chacune est scellée aussitôt. Personne ne peut la lire sur ce téléphone, pas même toi. On peut voir combien attendent, et dans quelles semaines elles ont été tapées.
device-totals = Garder mes propres totaux
device-totals-what = Verrouillés avec ta carte : ils n’apparaissent qu’une fois la carte tapée. Qui trouve à la fois ce téléphone et ta carte peut les lire.
device-clear = Effacer tout cela de ce téléphone
device-cleared = Tout ce que cette page gardait sur ce téléphone est effacé. L’historique du navigateur ne l’est pas.
device-own = Mes propres totaux sur ce téléphone (avec ce qui attend, sans les corrections faites plus tard)
device-failed = Ce téléphone n’a pas pu le garder. Rien n’est perdu dans le formulaire.
queue-waiting =
    { $n ->
        [one] { $n } pas encore envoyée
       *[other] { $n } pas encore envoyées
    }
queue-send = Envoyer maintenant
queue-delete = Supprimer
queue-kept = Pas envoyé : il n’y a pas de connexion. La saisie est scellée sur ce téléphone. Elle partira quand cette page sera ouverte et qu’il y aura une connexion.
queue-offline = Pas envoyé : il n’y a pas de connexion. Tout ce que tu as saisi est encore là ; renvoie-le plus tard.
queue-check = Pas envoyé : il n’y a pas de connexion. Avant de pouvoir être gardée sur ce téléphone, la saisie doit être revue aux champs marqués : une fois scellée, personne ne peut la corriger.
queue-full = Pas envoyé, et 20 saisies attendent déjà, c’est la limite. Tout ce que tu as saisi est encore là.
queue-sent = Ce qui attendait a été envoyé.
queue-refused = Une saisie qui attendait n’a pas été prise. Elle ne peut pas être lue sur ce téléphone : tape-la de nouveau, puis supprime-la ici.
queue-gone = Une saisie a attendu trop longtemps. La clé qui la scellait n’existe plus, et personne ne peut l’ouvrir : tape-la de nouveau, puis supprime-la ici.

## On paper

paper-title = Sur papier
paper-how = Imprime cette page et remplis-la au stylo. Une feuille, c’est une saisie. N’y écris aucun nom ni code de carte. Recopie-la plus tard dans le formulaire, ou donne-la à la personne qui s’en charge.
paper-week = Semaine (par exemple { $week })
paper-tick = Coche une case
paper-after = Une fois la feuille saisie, déchire-la.

## Help

help-title = Aide
help-send = Envoyer une saisie
help-send-what = Tape le code de ta carte, choisis la semaine, la zone et le lieu, remplis ce que tu as compté, et envoie. Laisser vide est permis, et n’est pas la même chose que zéro. Un nombre faux peut être corrigé, et une saisie retirée, jusqu’à la clôture de la période : avec ta carte et le reçu. Ensuite elle reste telle qu’elle a été comptée : l’envoyer de nouveau pour une semaine plus tardive la compterait deux fois.
help-hold = Ce que nous gardons
help-hold-what = Aucun nom, aucune adresse, aucune heure. Une saisie est gardée sous un pseudonyme qui ne vaut plus rien une fois la période close, et scellée : jusque-là, le service lui-même ne peut pas la relire.
help-hold-all = Tout, champ par champ
help-notice = En notice à imprimer
help-legal = Ce qu’on peut apprendre d’une chose confisquée, et ce qu’on ne peut pas
help-not = Ce que nous ne pouvons pas protéger
help-not-history = L’historique de ton navigateur : le bouton « Quitter cette page » ne l’efface pas. Si tu as ouvert un lien qui contient le code de ta carte, le code y est aussi.
help-not-card = Une carte trouvée sur toi montre que tu as une carte de ce programme.
help-not-network = Qui gère le réseau voit que cette adresse a été ouverte.
help-not-host = Tant qu’une période est ouverte, quelqu’un qui a à la fois le serveur et ta carte peut lire ce que cette carte y a envoyé.
help-not-phone = Si ce téléphone retient ta carte, qui ouvre ou copie le téléphone l’a. Les saisies qui attendent sont scellées, et tes propres totaux sont verrouillés avec ta carte.
help-ask = Si la police pose des questions
help-ask-say = Tu n’es pas obligé·e de dire que tu as une carte, ni à quoi elle sert. Tu peux demander un·e avocat·e avant de répondre.
help-ask-phone = Selon les pays, la loi peut t’obliger à déverrouiller ton téléphone. Demande dès maintenant à ta coordination quelle est la règle ici.
help-ask-card = Une carte perdue ou prise est rendue inutile par son talon : ta coordination l’a, ou toi. Le talon ne permet ni d’envoyer, ni de voir ce qui a été envoyé.
help-ask-give = Nous ne pouvons pas remettre de liste des pairs, parce qu’il n’y en a pas.

## Reports

reports-title = Rapports
reports-same = Les mêmes chiffres pour tout le monde, au même moment.
reports-none = Rien n’est encore publié.
reports-none-next = Rien n’est encore publié ; le prochain rapport est { $period }, le { $day }.
reports-next = Le prochain rapport est { $period }, le { $day }.
reports-next-key = Le prochain rapport est { $period }, pas avant le { $day } : sa clé privée est gardée loin de ce service et y est apportée à ce moment-là.
reports-period = Période
reports-weeks = Semaines
reports-published = Publié le
reports-time = Dans le temps
reports-time-what = les périodes côte à côte, ou additionnées
report-title = { $programme } : { $period }
report-between = Entre { $low } et { $high }, avec une confiance de 95 %.
report-bar = { $name } : { $figure }, entre { $low } et { $high }.
report-quality = Qualité
report-good = bonne
report-caution = à utiliser avec prudence
report-uncertain = trop incertain pour être utilisé
report-target-reached = Objectif { $value } : atteint
report-target-not = Objectif { $value } : pas atteint
report-target-unknown = Objectif { $value } : on ne peut pas le dire
report-target-how = Un objectif se juge sur l’intervalle, jamais sur le chiffre seul.
report-and = { $first } et { $second }
report-range = { $first } à { $last }
report-by = Par { $by } (écart-type du bruit : { $stdev })
report-name-by = { $name }, par { $by }
report-week = Semaine
report-figure = Chiffre
report-interval = Intervalle à 95 %
report-long = { $name }, par { $by } : { $rows } lignes, c’est trop pour une page. Ce tableau est dans les fichiers.
report-trend = Dans le temps
report-trend-what = Chaque barre est le chiffre d’une période, son trait vertical l’intervalle à 95 %. Une barre pâle est trop incertaine pour être utilisée.
report-trend-more = Toutes les périodes, leur évolution en mots, et plusieurs additionnées
report-promise = Ce qui est promis
report-promise-tally = Du bruit est ajouté à chaque chiffre, pour que ce rapport soit presque le même avec ou sans n’importe quelle saisie. Il ne cache pas qu’une carte a envoyé beaucoup de saisies.
report-promise-week = Du bruit est ajouté à chaque chiffre, pour que ce rapport soit presque le même avec ou sans tout ce qu’une carte a envoyé pour une semaine. Il ne cache pas formellement que quelqu’un a travaillé toute la période : le tableau montre à quel point la protection est alors plus faible.
report-promise-period = Du bruit est ajouté à chaque chiffre, pour que ce rapport soit presque le même avec ou sans tout ce qu’une carte a envoyé dans la période.
report-promise-cost = En chiffres : confidentialité différentielle concentrée (zCDP) avec ρ = { $rho }, soit ε = { $epsilon } pour δ = { $delta }. Plus ces valeurs sont petites, plus la protection est forte.
report-promise-card = L’unité est une carte, pas une personne : deux cartes, ou une carte et une saisie depuis le papier, sont deux unités. Que le programme a eu lieu, ou ce que l’on sait par ailleurs, n’est pas caché.
report-units = Le même bruit, vu pour d’autres unités (δ = { $delta })
report-unit = Unité
report-basis = Repose sur
unit-tally = une saisie
unit-worker-week = la semaine d’une carte
unit-worker-period = toute la période d’une carte
unit-encounter = une rencontre
basis-itself = la garantie elle-même
basis-weeks = confidentialité de groupe k²ρ, où k est le nombre de semaines de la période : { $k }
basis-tallies = confidentialité de groupe k²ρ, où k est le nombre de saisies permises à une carte dans la période ; limite habituelle, pas absolue
basis-inside = tout changement à l’intérieur de l’unité protégée
basis-encounter = le plus qu’une rencontre ajoute à chaque mesure
report-limits = Ce que les chiffres ne disent pas
report-limits-noise = Chaque chiffre porte du bruit. Lisez l’intervalle : une petite différence entre deux chiffres peut n’être que du bruit.
report-limits-bounded = Ce sont des totaux bornés. Ce qu’une unité ajoute à une mesure au-delà de son plafond n’est pas compté, et les intervalles valent pour ces totaux.
report-limits-people = Ils comptent ce qui a été envoyé, pas des personnes. Le travail que personne n’a envoyé n’y est pas.
report-limits-sums = N’additionnez jamais les chiffres d’un tableau. Prenez un tableau moins détaillé, ou additionnez les estimations du fichier CSV ou JSON ; entre périodes, les variances s’additionnent.
report-take = À emporter
report-take-json = la publication elle-même
report-take-csv = un seul tableau
report-take-datapackage = description du CSV
report-take-xlsx = un classeur avec des notes
report-take-dhis2 = valeurs de données
report-take-registry = un projet d’entrée pour le registre des déploiements
report-print = Imprimée, cette page devient un résumé d’une feuille.
report-cite = Comment citer
report-cite-as = { $programme } : { $period }. Publié le { $day } ; totaux avec confidentialité différentielle, ρ = { $rho }, ε = { $epsilon }. SHA-256 de la publication : { $digest }
report-made = Fait par peertally { $version }, source { $commit }. SHA-256 du fichier de programme : { $config }, du fichier de politique : { $policy }.

## Several periods

sum-title = { $first } à { $last }, additionnées
sum-what = Périodes : { $many }, semaines : { $weeks }. Calculé à partir des estimations et de leurs variances, jamais des chiffres imprimés.
sum-gap = N’y sont pas : semaines { $weeks }.
sum-targets = Les objectifs des périodes, ensemble.
sum-name-by = { $name }, par { $by }, périodes additionnées
sum-left-out = Laissé de côté
sum-promise = Additionner ce qui est déjà publié n’expose rien de plus.
sum-promise-one = Une unité protégée ({ $unit }) n’est que dans une période : le plus grand des coûts des périodes vaut donc pour elle, ρ = { $rho }, soit ε = { $epsilon } pour δ = { $delta }.
sum-promise-every = Qui a envoyé des saisies dans chacune de ces périodes est exposé à la somme de leurs coûts : c’est la moitié droite du tableau. Pour qui a travaillé tout le temps, lisez la ligne « { $unit } ».
sum-units = ρ et ε (δ = { $delta }) ; l’ε pour toutes les périodes est une borne supérieure
sum-one = { $cost } d’une seule
sum-every = { $cost } d’une dans chaque période
sum-sources = Les publications utilisées
sum-source = { $period }, publié le { $day }
why-not-counted = pas compté en { $periods }
why-not-counted-here = pas compté
why-units = compté en « { $first } » en { $before } et en « { $second } » en { $after }
why-unit = compté en « { $unit } »
why-week = une semaine n’est que dans une période : voyez-la dans le rapport de celle-ci
why-no-table = pas de tel tableau en { $periods }
why-categories = les catégories diffèrent entre { $before } et { $after }
why-categories-here = les catégories diffèrent
why-cap = le plafond était { $first } puis { $second } : une autre partie a été coupée
why-cap-unit = le plafond valait pour { $first } puis pour { $second } : une autre partie a été coupée
why-length = le plafond vaut pour toute une période, et elles ont { $first } et { $second } semaines
note-cap = Le plafond de { $name } est { $first } en { $before } et { $second } en { $after } : la somme réunit des totaux coupés à des plafonds différents.
note-unit = L’unité protégée est { $first } en { $before } et { $second } en { $after } : les plafonds coupent d’autres parties, et la somme les réunit telles quelles.
note-programme = Le programme s’appelait { $first } en { $before } et { $second } en { $after }.
note-ground = Les catégories de { $by } ont changé entre-temps : le chiffre peut couvrir autre chose.
time-what = Les périodes côte à côte, faites des seules publications.
time-refused = Pas additionné
time-choose = Additionner
time-button = Additionner les périodes choisies
time-years = Années entières :
time-how-bars = Pour lire : une barre est le chiffre, son trait vertical l’intervalle à 95 %. Une barre pâle est trop incertaine pour être utilisée. Un trait plat est l’objectif. Une ligne pointillée veut dire que ce qui est compté a changé.
time-how-words = « En hausse » et « en baisse » ne se disent que là où le bruit ne peut pas expliquer le changement : tout l’intervalle à 95 % de la différence est du même côté. Cela ne dit pas pourquoi : plus de saisies fait aussi plus de comptes. Là où rien n’a changé, une comparaison sur vingt dit quand même hausse ou baisse, par hasard.
time-gap = Les semaines { $weeks } sont entre ces périodes et ne sont pas montrées.
time-chart = { $name }, de { $first } à { $last }
time-column = Chiffre, intervalle à 95 % et évolution
time-missing = Pas montré : { $period }, { $why }.
time-broken = Pas d’évolution de { $before } à { $after } : { $why }.
time-weekly = { $before } et { $after } sont comparées par semaine : elles en ont { $first } et { $second }.
time-up = En hausse
time-down = En baisse
time-cannot = On ne peut pas le dire
time-up-since = En hausse par rapport à { $period } : entre { $low } et { $high } de plus.
time-down-since = En baisse par rapport à { $period } : entre { $low } et { $high } de moins.
time-cannot-since = On ne peut pas le dire depuis { $period } : entre { $low } de moins et { $high } de plus.
time-up-week = En hausse par rapport à { $period } : entre { $low } et { $high } de plus par semaine (semaines : { $first }, puis { $second }).
time-down-week = En baisse par rapport à { $period } : entre { $low } et { $high } de moins par semaine (semaines : { $first }, puis { $second }).
time-cannot-week = On ne peut pas le dire depuis { $period } : entre { $low } de moins et { $high } de plus par semaine (semaines : { $first }, puis { $second }).
time-no-trend = Pas d’évolution depuis { $period } : { $why }.
time-nothing = Rien à quoi comparer.
time-too-many = On peut choisir { $most } périodes à la fois au plus, et il y en a { $many } : choisissez-en moins.
time-not-period = « { $name } » n’est pas une période : un trimestre s’écrit 2025-Q1, un mois 2025-M03.
time-no-release = { $period } n’est pas encore publiée : choisissez dans la liste.
time-unreadable = La publication de { $period } ne peut pas être lue en ce moment : laissez-la de côté, ou réessayez plus tard.
time-too-few = Pour additionner, il faut au moins deux périodes : choisissez-en une autre, ou lisez le rapport de celle-ci.
time-twice = { $period } est nommée deux fois : nommez chaque période une fois.
time-overlap = { $first } et { $second } se recoupent : leurs semaines communes seraient comptées deux fois. Laissez-en une de côté.

## The log

audit-what = Chaque étape de la vie d’une période est une entrée d’un journal public qui ne peut que s’allonger. Il ne dit jamais combien de saisies il y a eu, ni de qui.
audit-verified = Le journal a été lu dans ses fichiers publics et vérifié au moment de faire cette page.
audit-periods = Où en sont les périodes
audit-state = État
audit-opened = Ouverte le
audit-spent = Budget dépensé (ρ)
state-open = prend des saisies
state-closing = ne prend plus de saisies, pas encore publiée
state-debited = budget dépensé, publication en cours
state-released = publiée ; ses clés ne sont pas encore détruites
state-shredded = publiée ; ses clés sont détruites
audit-keep = Gardez-en une copie aujourd’hui
audit-keep-what = Enregistrez le point de contrôle et notez la clé, là où ce service n’a pas accès. Comparez la prochaine fois : qui a un ancien point de contrôle peut voir que le journal a été réécrit.
audit-save = Enregistrer ce point de contrôle
audit-key = Clé de vérification
audit-checkpoint = Point de contrôle
audit-run = Vérifiez vous-même
audit-run-what = Sur n’importe quel ordinateur qui a le programme, à partir des seuls fichiers publics. ADDRESS est l’adresse de ce service, « checkpoint » le fichier enregistré la fois d’avant.
audit-files = Les fichiers :
audit-entries = Toutes les entrées
audit-entry = Entrée
audit-day = Jour
audit-event = Ce qui s’est passé
event-programme = un fichier de programme vaut à partir de la prochaine période
event-policy = un fichier de politique vaut désormais
event-opened = la période prend des saisies
event-closing = la période ne prend plus de saisies
event-debited = son budget est dépensé, avant tout tirage de bruit
event-published = sa publication est fixée
event-destroyed = ses clés sont détruites
proof-title = Dans le journal
proof-held = Le journal contient le SHA-256 de cette publication : entrée { $index } sur { $size }. La preuve a été vérifiée au moment de faire cette page.
proof-sha = SHA-256 de la publication
proof-how = La preuve, et comment la vérifier soi-même
proof-entry = Entrée { $index }, octet pour octet
proof-leaf = Empreinte de la feuille
proof-path = Chemin (empreintes voisines, depuis la feuille)
proof-root = Racine du journal, à { $size } entrées
proof-file = Prenez le fichier JSON et calculez son SHA-256. Ce doit être celui d’en haut, et celui de l’entrée.
proof-tree = L’empreinte de la feuille est le SHA-256 d’un octet zéro suivi des octets de l’entrée. À partir de là, chaque pas est le SHA-256 d’un octet 1, de l’empreinte de gauche et de celle de droite (RFC 9162, section 2.1.3.2, avec l’indice { $index } et la taille { $size }). On doit arriver à la racine.
proof-checkpoint = La racine, en base64, est la troisième ligne du point de contrôle tant qu’il a { $size } entrées ; le point de contrôle doit être signé par la clé que le programme vous a donnée.
proof-once = Ou tout à la fois, avec l’adresse de ce service à la place de ADDRESS et cette clé à la place de KEY :
proof-missing = Le journal n’a pas pu être lu à l’instant : vérifiez vous-même au point de contrôle.
audit-shows = Ce que cela montre : ce qui a été publié est ce qui a été inscrit, une fois par période, dans le budget.
audit-not = Ce que cela ne peut pas montrer : que les comptes étaient vrais, ou que le bruit a été tiré comme il est dit.

## What is kept

policy-what = Cette page est faite du fichier de politique, auquel le programme est comparé à chaque démarrage : il refuse de tourner s’il garde autre chose.
policy-language = Les entrées sont ici dans la langue du fichier de politique.
policy-notice = Notice de protection des données
policy-legal = Si une autorité demande ou saisit
policy-json = En JSON
policy-never = Jamais gardé
policy-who = Qui voit quoi
policy-may = Peut voir :
policy-may-not = Ne peut jamais voir :
policy-all = Tout ce qui est gardé
policy-where = Où
policy-form = Forme
policy-why = Pourquoi
policy-long = Combien de temps
policy-seen = Vu par
policy-destroyed = Détruit par

## The cards sheet

cards-title = Cartes
cards-type = Tape ce code :
cards-type-or = ou tape ce code :
cards-open = Vise le carré avec l’appareil, ou ouvre
cards-open-blank = Ouvre cette adresse :
cards-send = Envoie ce que tu as fait, semaine par semaine. Aucun nom n’est demandé.
cards-keep = Garde cette carte comme une clé : qui l’a peut envoyer à ta place.
cards-stub = À détacher et garder à part. Si la carte est perdue, ce code la rend inutilisable ; il ne sert à rien d’autre.

## Pages that are not there

missing-title = Il n’y a rien ici
missing-period = Ceci n’est pas une période : un trimestre s’écrit 2025-Q1, un mois 2025-M03.
missing-release-title = Pas encore publié
missing-release = Cette période n’a pas été publiée. La liste des rapports dit quand la prochaine le sera.
reading-busy-title = Un instant, s’il vous plaît
reading-busy = Beaucoup de personnes lisent en ce moment, et les pages se font une à une. Rechargez celle-ci dans quelques secondes.
