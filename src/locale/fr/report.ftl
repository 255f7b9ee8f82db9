report-title = Lame { $slide }
report-blood-taken = Prélèvement : { $value }
report-reader = Lecteur : { $value }
report-stain = Coloration : { $value }
report-objective = Objectif : { $value }
report-preliminary = Résultat provisoire, valable seulement après contrôle et signature.
report-reader-line = Contrôlé par : ________________  Date : __________  Signature : _______________
report-heading-result = RÉSULTAT
report-heading-thick = GOUTTE ÉPAISSE
report-heading-thin = FROTTIS MINCE
report-heading-next = À FAIRE
report-heading-remarks = REMARQUES
report-heading-pictures = IMAGES
report-heading-count = COMPTAGE
report-heading-basis = COMMENT CELA A ÉTÉ TROUVÉ
report-from-thick = Résultat rendu d'après la goutte épaisse.
report-from-thin = Résultat rendu d'après le frottis mince.

report-stage-rings = trophozoïtes jeunes (anneaux)
report-stage-trophozoites = trophozoïtes âgés
report-stage-schizonts = schizontes
report-stage-gametocytes = gamétocytes
report-stages = Stades vus : { $list }
report-counted-thick = Comptés : { $parasites } { $parasites_are ->
    [one] parasite asexué
   *[other] parasites asexués
    } et { count-wbc } dans { count-fields } sur { $valid } { $valid_are ->
    [one] valide
   *[other] valides
    } ; { $reason }.
report-counted-thin = Comptées : { count-infected } sur { $rbc }, dans { count-fields }.
report-reason-checkpoint = le comptage s'arrête au premier seuil de leucocytes, avec assez de parasites
report-reason-wbc-limit = le comptage s'arrête au dernier seuil de leucocytes de la règle
report-reason-parasite-limit = le comptage s'arrête à la limite de parasites
report-reason-all-fields = tous les champs valides entrent dans le compte
report-reason-totals-only = seuls les totaux sont connus
report-examined-thick = Sang examiné : { $volume } µL. Une densité de { $limit }/µL y aurait été trouvée avec une probabilité de 95 %, sans compter les pertes de la goutte et les erreurs de lecture.
report-examined-thin = Sang examiné : { $volume } µL. Une densité de { $limit }/µL y aurait été trouvée avec une probabilité de 95 %, sans compter les pertes du frottis et les erreurs de lecture.
report-marked-thick = Marqués par le logiciel : parasites asexués { $asexual }, gamétocytes { $gametocytes }, pour { count-wbc } dans { count-fields }.
report-marked-thin = Marqués par le logiciel : hématies parasitées { $asexual }, hématies à gamétocyte { $gametocytes }, pour { count-rbc } dans { count-fields }.
report-stages-marked = Stades proposés par le logiciel : { $list }
report-false-marks-thick = Bruit de fond du logiciel, d'après sa fiche, sur des gouttes sans paludisme : en moyenne { $mean } pour { $of } leucocytes.
report-false-marks-thin = Bruit de fond du logiciel, d'après sa fiche, sur des frottis sans paludisme : en moyenne { $mean } pour { $of } hématies.
report-full-hint = Détails (intervalles, échelles, modèles, empreintes) : --full, ou record.json.
report-multiply-infected = Parasites dans les hématies : { $parasites } dans { count-infected }.
report-implied = Hématies non vues elles-mêmes, mais qui entourent forcément un parasite vu : { $count } ; elles sont comptées.
report-cut = Coupées par le bord de l'image et non comptées, car une partie en est hors de vue : { $count } { $count_are ->
    [one] hématie
   *[other] hématies
    }.
report-cut-counted = Coupées par le bord de l'image, mais comptées car des parasites n'ont été vus que dans elles : { $count } { $count_are ->
    [one] hématie
   *[other] hématies
    }.

report-next-retake = Reprendre les photographies écartées (voir plus bas).
report-next-recopy = Copier à nouveau les fichiers illisibles, ou reprendre ces photographies (voir plus bas).
report-next-sign = Un lecteur contrôle les images annotées et signe.

report-pictures-all = { $all } { $all_are ->
    [one] image, comptée
   *[other] images, toutes comptées
    }.
report-pictures = { $all } { $all_are ->
    [one] image
   *[other] images
    } : comptées { $counted }, écartées { $left_out }, illisibles { $unread }.
report-left-out = Écartées, { $reason } : { $names }
report-left-out-copy = même image que { $of }
report-left-out-repeat = même champ que { $of }, qui est comptée
report-left-out-scale = échelle inconnue : donner --um-per-px, ou um_per_px dans slide.toml
report-unread = Illisible : { $name } : { $reason }
report-picture-note = { $note } : { $names }
report-passed-over = Laissés de côté : { $list }
report-overlap = Chevauchement partiel : { $pairs }. Cellules vues sur les deux images d'une paire et comptées une fois : { $cells }
report-overlap-pair = { $name } sur { $with } ({ $share } %)
report-overlap-untold = Un chevauchement de moins d'un cinquième du côté d'une image n'est pas reconnu : entre deux images, déplacer la lame d'un champ entier.

report-site-threshold = Compté à partir du score propre au site, { $film } : { $score }.
report-scale = Échelle, { $film } : { $scale } µm par pixel, { $basis }.
report-scale-given = valeur donnée
report-scale-file = lue dans le fichier de l'image
report-scale-red-cells = estimée d'après { $cells } { $cells_are ->
    [one] hématie
   *[other] hématies
    } (dispersion { $spread } %)
report-scale-white-cells = estimée d'après { $cells } { $cells_are ->
    [one] noyau de leucocyte
   *[other] noyaux de leucocytes
    } (dispersion { $spread } %) ; estimation faible, donner --um-per-px
report-scale-disc = estimée d'après le seul disque de l'oculaire ; estimation très faible, donner --um-per-px
report-scale-frame = supposée d'après la largeur de l'image, telle qu'une caméra la cadre à l'objectif 100x ; c'est l'estimation la moins fiable, donner --um-per-px
report-scale-other = un fondement que connaît un programme plus récent
report-bundle = Modèle, { $film } : { $name } { $version } (empreinte { $digest }).
report-profile-own = Des valeurs propres ont été appliquées par-dessus les règles.
report-program = Programme : { $name } { $version }. Il cherche les parasites et ne distingue pas les espèces.

report-mark-title-thick = goutte épaisse
report-mark-title-thin = frottis mince
report-mark-counted = comptée
report-mark-left-out = ÉCARTÉE : { $reasons }
report-mark-copy = même image que { $of }
report-mark-repeat = même champ que { $of }
report-mark-no-scale = échelle inconnue
report-mark-found-thick = { $parasites } P, { $gametocytes } G, { $wbc } L
report-mark-found-thin = { $infected } { $infected_are ->
    [one] parasitée
   *[other] parasitées
    } sur { count-rbc }, { $gametocytes } G
report-mark-legend-asexual-parasite = P parasite
report-mark-legend-gametocyte = G gamétocyte
report-mark-legend-white-cell = L leucocyte
report-mark-legend-red-cell-infected = hématie parasitée
report-mark-legend-red-cell = hématie
report-mark-legend-red-cell-cut = hématie coupée, non comptée
report-mark-legend-platelet = T plaquette
report-mark-legend-disc = disque examiné
report-mark-legend-score = numéro : probabilité
report-mark-number = { $number } : { $score }
report-mark-many = probabilités : voir contact.html et detections.csv
report-mark-unnumbered = sans numéro, faute de place libre : { $count } (voir contact.html)
report-picture-changed = l'image a changé pendant la lecture de la lame ; relancer
report-patient-id = N° du patient : { $value }
report-patient-name = Nom : { $value }
report-age = Âge : { $value }
report-sex = Sexe : { $value }
report-ward = Service : { $value }
report-order = N° de la demande : { $value }
report-specimen = N° de l'échantillon : { $value }
report-site = Site : { $value }
report-read-on = Lecture : { $value }
sex-female = féminin
sex-male = masculin
age-in-years = { $value } { $value_are ->
    [one] an
   *[other] ans
    }
age-in-months = { $value } mois

exchange-picture = Champ avec ce que la machine a marqué, avant la lecture
exchange-quality = images comptées : { $counted } sur { $all }
exchange-species = Plasmodium, espèce non déterminée
