quiz-title = Coin de formation
quiz-about = Des lames à lire pour s'exercer ou pour un examen. Elles sont dessinées par ce programme, ou signées par des lecteurs ; ce qui est répondu ici est gardé à part et n'entre jamais dans le dossier d'un patient.
quiz-trainee = Nom du stagiaire
quiz-course = Cours
quiz-course-practice = Exercice
quiz-course-who-55 = 55 lames à la manière de l'examen de l'OMS
quiz-course-signed = Lames signées par des lecteurs
quiz-course-line = { $name } : { $slides } { $slides_are ->
    [one] lame
   *[other] lames
 }, { $things } { $things_are ->
    [one] élément isolé
   *[other] éléments isolés
 } ; { $when }
quiz-shown-each = la bonne réponse est montrée après chaque question
quiz-shown-end = les bonnes réponses sont montrées à la fin
quiz-begin = Commencer ou reprendre
quiz-kept = Les réponses sont gardées dans
quiz-slide = Lame
quiz-thing = L'élément demandé
quiz-question = Question

quiz-ask-detection = { $film } : y a-t-il des parasites du paludisme ?
quiz-ask-count = { $film } : combien de parasites ? Comptez parasites asexués et leucocytes dans les mêmes champs, jusqu'à ce que la règle permette d'arrêter.
quiz-ask-both = { $film } : y a-t-il des parasites, et combien ? Comptez parasites asexués et leucocytes dans les mêmes champs, jusqu'à ce que la règle permette d'arrêter.
quiz-ask-crop = { $film } : qu'est-ce qui se trouve au milieu ?

quiz-key-undo = annuler
quiz-key-next = champ suivant
quiz-key-previous = champ précédent
quiz-key-seen = parasites vus
quiz-key-none = aucun vu
quiz-key-hand-in = remettre

quiz-page-failed = Cela n'a pas marché. Rechargez la page.
quiz-page-no-server = Le programme ne répond pas. Voyez si sa fenêtre est encore ouverte.
quiz-page-not-written = Pas encore gardé : le programme ne répond pas. Remettez la réponse encore une fois.
quiz-page-question = Question
quiz-page-field = Champ
quiz-page-fields = Champs
quiz-page-ring = anneau
quiz-page-trophozoite = trophozoïte
quiz-page-schizont = schizonte
quiz-page-gametocyte = gamétocyte
quiz-page-white-cell = leucocyte
quiz-page-platelet = plaquette
quiz-page-nothing = rien de cela
quiz-page-parasite = parasite
quiz-page-counted = Comptés
quiz-page-this-field = ce champ
quiz-page-all-fields = tous les champs
quiz-page-in-this-field = dans ce champ
quiz-page-asexual = parasites asexués
quiz-page-looked = champs regardés :
quiz-page-seen = Parasites vus (A)
quiz-page-none = Aucun vu (R)
quiz-page-hand-in = Remettre
quiz-page-next-question = Question suivante
quiz-page-to-result = Résultat
quiz-page-result = Résultat
quiz-page-right = Juste
quiz-page-wrong = Pas juste
quiz-page-kept = Gardé
quiz-page-pointing = Les touches 1 à 5 comptent ; avec le pointeur sur un élément, elles le marquent aussi. Un clic marque ce qui est choisi ici ; un clic sur une marque l'enlève.
quiz-page-fit = champ entier
quiz-page-previous = Champ précédent (P)
quiz-page-next = Champ suivant (N)
quiz-page-undo = Annuler (U)
quiz-page-legend-found = trouvé
quiz-page-legend-missed = manqué
quiz-page-legend-confused = pris pour autre chose
quiz-page-legend-nothing = rien là
quiz-page-legend-there = présent
quiz-page-off-fields = Champs qui diffèrent
quiz-page-sheet = Feuille de résultat (PDF)
quiz-page-print = Feuille de résultat à imprimer
quiz-page-questions = Questions posées
quiz-page-again = Une autre séance
quiz-page-open = à faire
quiz-page-drawing = Le champ se dessine …

quiz-right-positive = Présence : juste, il y a des parasites.
quiz-right-negative = Présence : juste, il n'y a pas de parasites.
quiz-missed = Présence : pas juste ; il y a des parasites, et aucun n'a été rapporté.
quiz-invented = Présence : pas juste ; il n'y a pas de parasites, et il en a été rapporté.
quiz-density = Sur la lame : { $density } par µL.
quiz-count-within = Compté { $counted } par µL ; sur la lame { $density } par µL : à { $tolerance } % près.
quiz-count-off = Compté { $counted } par µL ; sur la lame { $density } par µL : pas à { $tolerance } % près.
quiz-count-none = Rien n'a été compté ; sur la lame { $density } par µL.
quiz-count-short = Il manque { $cells } { $cells_are ->
    [one] leucocyte
   *[other] leucocytes
 } selon la règle : avec moins, le hasard seul peut fausser un compte.
quiz-field-off = champ { $field } : présents { $there }, comptés { $counted }
quiz-fields-off = Parasites : { $list }.
quiz-fields-off-more = Parasites : { $list }, et { $more } { $more_are ->
    [one] autre champ
   *[other] autres champs
 }.
quiz-crop-right = Juste : { $thing }.
quiz-crop-wrong = C'est : { $thing }. La réponse était : { $said }.
quiz-things = Éléments isolés bien nommés : { $hits } sur { $of }, { $percent } % ({ $low }–{ $high } %)
quiz-not-complete = Questions répondues : { $answered } sur { $questions } ; pas encore de niveau

quiz-sheet-title = Feuille de résultat d'un cours de formation
quiz-sheet-status = Formation : aucune lame de cette feuille n'est rendue sur un patient.
quiz-sheet-trainee = Stagiaire :
quiz-sheet-course = Cours :
quiz-sheet-date = Commencé :
quiz-sheet-seed = Numéro du tirage :
quiz-sheet-answered = Réponses :
quiz-sheet-answered-of = { $answered } sur { $questions }
quiz-sheet-time = Durée :
quiz-sheet-minutes = { $minutes } min
quiz-sheet-result = Résultat
quiz-sheet-missed = Ce qui a été manqué
quiz-sheet-question = Question { $number } : { $said }
quiz-sheet-rule = Comment c'est noté
quiz-sheet-levels = Niveaux 1 (expert) à 4 du manuel d'assurance qualité de la microscopie du paludisme de l'OMS, version 2 : détection à partir de { $detection } %, comptages à { $tolerance } % près à partir de { $count } %. Le niveau global est le plus bas. Entre parenthèses, les intervalles à 95 % : avec peu de lames, ils sont larges. Les espèces et les stades ne donnent pas de niveau ici.
quiz-sheet-truth = Le vrai compte d'une lame est celui de tous les champs montrés ; le compte du stagiaire découle, par la règle, de ses propres comptages. Les lames dessinées ne montrent que P. falciparum.
quiz-sheet-trainer = Formateur
quiz-sheet-made = { $program }, règles { $profile }
quiz-sheet-page = Stagiaire { $trainee }

quiz-column-trainee = Stagiaire
quiz-column-course = Cours
quiz-column-began = Commencé
quiz-column-answered = Réponses
quiz-column-detection = Détection
quiz-column-count = Comptages
quiz-column-things = Éléments
quiz-column-level = Niveau
quiz-share = { $percent } % ({ $hits }/{ $of })

error-quiz-course-toml = ce cours ne peut pas être posé : ligne { $line } : { $reason }
error-quiz-course-name = ce cours ne peut pas être posé : name : donnez une ligne d'au plus { $limit } { $limit_are ->
    [one] lettre
   *[other] lettres
 }
error-quiz-course-number = ce cours ne peut pas être posé : questions posées : { $asked } ; donnez de 1 à { $limit }
error-quiz-course-fields = ce cours ne peut pas être posé : fields vaut { $fields } ; donnez de 1 à { $limit }
error-quiz-course-thin = ce cours ne peut pas être posé : ask : on demande un comptage sur une goutte épaisse, comme pour l'évaluation des compétences ; donnez detection pour un frottis
error-quiz-course-density = ce cours ne peut pas être posé : parasites_per_ul : donnez 0, ou un nombre ou un intervalle au-dessus de 0, au plus { $limit }
error-quiz-course-no-density = ce cours ne peut pas être posé : parasites_per_ul : il faut sa densité à une lame dessinée
error-quiz-course-no-count = ce cours ne peut pas être posé : ask : une lame sans parasite n'a pas de comptage
error-quiz-course-gametocytes = ce cours ne peut pas être posé : gametocytes_per_ul : donnez de 0 à { $limit }
error-quiz-course-stains = ce cours ne peut pas être posé : stains et cameras : donnez-en au moins un de chaque, ou ne les écrivez pas
error-quiz-course-nothing = ce cours ne peut pas être posé : things : nothing n'est demandé que sur des lectures signées ; le dessin ne connaît pas d'endroit où il n'y a rien
error-quiz-course-empty = ce cours ne peut pas être posé : parasites_per_ul vaut { $density }, fields vaut { $fields } : aucun parasite ne se trouve dans si peu de champs ; donnez-en plus
error-quiz-course-unsigned = ce cours ne peut pas être posé : il demande des lectures signées ; nommez le dossier ou l'archive qui les contient
error-quiz-course-few-slides = ce cours ne peut pas être posé : lames de lectures signées demandées : { $asked } ; qui conviennent : { $there }
error-quiz-course-few-crops = ce cours ne peut pas être posé : images de lectures signées demandées : { $asked } ; qui conviennent : { $there }
error-quiz-no-result = il n'y a pas encore de résultat ici : lancez hemozoin analyze sur ce dossier
error-quiz-not-signed = personne n'a signé de lame ici : c'est dans hemozoin review que les lecteurs signent
error-quiz-name = tapez un nom d'au plus 80 lettres
error-quiz-say = dites d'abord si vous voyez des parasites (A) ou aucun (R)
error-quiz-contradiction = vous avez compté des parasites, et dites qu'il n'y en a pas
error-quiz-answer = cette réponse ne va pas avec sa question ; rechargez la page
error-quiz-answered = cette question a déjà sa réponse, qui reste
error-quiz-not-yet = la bonne réponse est montrée une fois la question répondue
error-quiz-no-question = il n'y a pas de telle question ici ; ouvrez de nouveau la première page
error-quiz-line = cette ligne n'est pas une réponse et n'est pas prise : { $reason }
error-quiz-lost = { $answers } { $answers_are ->
    [one] réponse n'est d'aucune séance nommée ici et n'est pas prise
   *[other] réponses ne sont d'aucune séance nommée ici et ne sont pas prises
 }
error-quiz-results-inside = les résultats ne peuvent pas se trouver là où sont les dossiers des patients ; choisissez un autre endroit avec --results
error-quiz-no-home = le système ne nomme pas de dossier à vous : dites avec --results où garder les réponses
error-quiz-unknown-course = aucun cours ne s'appelle { $name } ; il y a { $known }, et les fichiers
