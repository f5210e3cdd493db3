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

form-again = À revoir
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
form-choose = Choisir
form-more = Un de plus : { $what }
form-less = Un de moins : { $what }
form-send = Envoyer
form-why = Pourquoi on le demande
form-why-asked = Demandé par : { $who }. Une saisie peut compter jusqu’à { $max }.
form-practise = S’exercer d’abord
form-practise-what = Le même formulaire, rien n’est enregistré.
week-this = Cette semaine
week-last = La semaine dernière
week-before = La semaine d’avant

## After sending

receipt-title = Merci
receipt-practice = Essai : rien n’a été enregistré.
receipt-stored = Ta saisie est enregistrée.
receipt-same = Ta saisie était déjà là et contient ton dernier envoi.
receipt-number = Ton reçu :
receipt-what = Avec ce numéro et ta carte, la saisie peut être corrigée ou retirée jusqu’à la clôture de sa période. Tu n’es pas obligé·e de le garder.
receipt-another = En envoyer une autre

## Correct or withdraw

correct-title = Corriger ou retirer
correct-how = Saisis le reçu et la carte utilisée pour l’envoi. Pour corriger, remplis de nouveau toute la saisie : elle remplace l’ancienne. Pour retirer, le reçu et la carte suffisent.
correct-replace = Remplacer la saisie
correct-withdraw = Retirer la saisie
correct-replaced = Ta saisie contient maintenant ce que tu viens d’envoyer.
correct-new = Il n’y avait pas de saisie ouverte avec ce reçu ; celle-ci est donc enregistrée comme nouvelle. Si l’ancienne appartient à une période close, elle compte maintenant deux fois : retire la nouvelle si tu ne voulais pas cela.
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
refused-invalid-title = Certains champs sont à revoir
refused-invalid = certains champs sont à revoir ; rien n’a été enregistré
refused-card-title = Cette carte n’est pas en service
refused-card = cette carte n’est pas en service ici : vérifie que c’est bien la carte de ce programme et qu’elle n’a pas expiré, ou demandes-en une nouvelle à ta coordination
refused-week-title = Cette semaine n’est pas ouverte
refused-week = cette semaine n’est pas ouverte : les saisies sont prises pour { $weeks }
refused-week-none = cette semaine n’est pas ouverte : aucune semaine ne l’est en ce moment
refused-no-key = { $why } ; les saisies sont prises pour { $weeks }
refused-no-key-none = { $why } ; aucune semaine n’est ouverte en ce moment
refused-withdrawn-title = Cette saisie a été retirée
refused-withdrawn = cette saisie a été retirée, son reçu ne sert donc plus : envoie-la comme une nouvelle si tu veux qu’elle compte
refused-quota-title = C’est assez pour cette semaine
refused-quota =
    { $limit ->
        [one] cette carte a envoyé { $limit } saisie pour cette semaine, c’est la limite : corrige plutôt celle-là
       *[other] cette carte a envoyé { $limit } saisies pour cette semaine, c’est la limite : corrige plutôt l’une d’elles
    }
refused-none-title = Pas de saisie de ce genre
refused-none = il n’y a pas de saisie avec ce reçu et cette carte dans une période ouverte
refused-unavailable-title = Pas enregistré pour l’instant
refused-unavailable = la saisie n’a pas pu être enregistrée pour l’instant ; rien n’a été confirmé. Renvoie la même saisie dans un moment

## On this device

device-title = Sur ce téléphone
device-what = Tout ceci est éteint tant que tu ne l’allumes pas. C’est gardé verrouillé, sur ce téléphone seulement ; mais qui ouvre cette page sur ce téléphone peut s’en servir. « Quitter cette page » l’efface aussi.
device-card = Retenir ma carte
device-queue = Garder jusqu’à 7 jours les saisies qui n’ont pas pu partir
device-totals = Garder mes propres totaux
device-clear = Effacer tout cela de ce téléphone
device-cleared = Plus rien n’est gardé sur ce téléphone.
device-own = Mes propres totaux sur ce téléphone (sans les corrections faites plus tard)
device-failed = Ce téléphone n’a pas pu le garder. Rien n’est perdu dans le formulaire.
queue-waiting =
    { $n ->
        [one] { $n } pas encore envoyée
       *[other] { $n } pas encore envoyées
    }
queue-send = Envoyer maintenant
queue-delete = Supprimer
queue-look = La revoir
queue-kept = Pas envoyé : il n’y a pas de connexion. La saisie est gardée sur ce téléphone et partira dès qu’il y en aura une.
queue-offline = Pas envoyé : il n’y a pas de connexion. Tout ce que tu as saisi est encore là ; renvoie-le plus tard.
queue-full = Pas envoyé, et 20 saisies attendent déjà, c’est la limite. Tout ce que tu as saisi est encore là.
queue-sent = Ce qui attendait a été envoyé.
queue-expired = Une saisie a attendu plus de 7 jours. Elle a été supprimée sans être envoyée.
queue-refused = Pas prise :

## On paper

paper-title = Sur papier
paper-how = Imprime cette page et remplis-la au stylo. Une feuille, c’est une saisie. N’y écris aucun nom ni code de carte. Saisis-la plus tard, ou donne-la à qui saisit les feuilles.
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
help-legal = Ce que chaque saisie peut livrer, et ce qu’elle ne peut pas livrer
help-not = Ce que nous ne pouvons pas protéger
help-not-history = L’historique de ton navigateur : le bouton « Quitter cette page » ne l’efface pas.
help-not-card = Une carte trouvée sur toi montre que tu as une carte de ce programme.
help-not-network = Qui gère le réseau voit que cette adresse a été ouverte.
help-not-host = Tant qu’une période est ouverte, quelqu’un qui a à la fois le serveur et ta carte peut lire ce que cette carte y a envoyé.
help-not-phone = Ce que tu fais garder sur ce téléphone peut servir à qui ouvre le téléphone.
help-ask = Si la police pose des questions
help-ask-say = Tu n’es pas obligé·e de dire que tu as une carte, ni à quoi elle sert. Tu peux demander un·e avocat·e avant de répondre.
help-ask-phone = Tu n’as pas à déverrouiller ton téléphone, sauf si la loi du pays le dit : demande à ta coordination ce qui vaut ici, avant d’en avoir besoin.
help-ask-card = Une carte perdue ou prise est rendue inutile par son talon : ta coordination l’a, ou toi. Le talon ne permet ni d’envoyer, ni de voir ce qui a été envoyé.
help-ask-give = Nous ne pouvons pas remettre de liste des pairs, parce qu’il n’y en a pas.

## Pages that are not there

missing-title = Il n’y a rien ici
missing-period = Ceci n’est pas une période : un trimestre s’écrit 2025-Q1, un mois 2025-M03.
missing-release-title = Pas encore publié
missing-release = Cette période n’a pas été publiée. La liste des rapports dit quand la prochaine le sera.
