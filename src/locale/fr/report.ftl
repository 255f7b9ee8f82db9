report-title = Lame { $slide }
report-blood-taken = Prélèvement : { $value }
report-reader = Lecteur : { $value }
report-stain = Coloration : { $value }
report-objective = Objectif : { $value }
report-preliminary = Résultat provisoire : il vaut une fois contrôlé et signé par un lecteur.
report-reader-line = Contrôlé par : ___________________   Date : ___________   Signature : ___________________
report-heading-result = RÉSULTAT
report-heading-thick = GOUTTE ÉPAISSE
report-heading-thin = FROTTIS MINCE
report-heading-next = À FAIRE
report-heading-remarks = REMARQUES
report-heading-pictures = IMAGES
report-heading-basis = BASE DE LA LECTURE
report-from-thick = Résultat rendu d'après la goutte épaisse.
report-from-thin = Résultat rendu d'après le frottis mince.

report-species-falciparum = P.{"\u00A0"}falciparum
report-species-vivax = P.{"\u00A0"}vivax
report-species-malariae = P.{"\u00A0"}malariae
report-species-ovale = P.{"\u00A0"}ovale
report-species-knowlesi = P.{"\u00A0"}knowlesi
report-stage-rings = anneaux
report-stage-trophozoites = trophozoïtes
report-stage-schizonts = schizontes
report-stage-gametocytes = gamétocytes
report-stages = ({ $list })
report-basis-default = par défaut
report-basis-measured = mesurés
report-interval = IC { $level } % { $low }–{ $high }

report-positive = { $species } présent { $stages }.
report-thick-density = Densité parasitaire : { $density } parasites asexués/µL ({ $interval }), { $parasites } { $parasites_are ->
    [one] parasite
   *[other] parasites
    } pour { $wbc } leucocytes, { $per_ul } leucocytes/µL ({ $basis }).
report-thin-percent = Parasitémie : { $percent } % des hématies ({ $interval } %), { $infected } parasitées sur { $rbc } hématies.
report-thin-density = Soit { $density }/µL ({ $interval }) pour { $per_ul } hématies/µL ({ $basis }).
report-no-parasites-seen = Absence de parasites du paludisme à l'examen de { $fields } champs de goutte épaisse ({ $volume } µL de sang). N'exclut pas le paludisme ; à renouveler en cas de suspicion.
report-insufficient-fields = Pas de parasite vu à ce stade ; examen incomplet : encore { $fields } { $fields_are ->
    [one] champ
   *[other] champs
    }, { $wbc } leucocytes.
report-provisional-count = Parasites présents ; densité provisoire { $density }/µL ({ $interval }) ; compter encore { $wbc } leucocytes.
report-gametocytes-only-thick = Gamétocytes présents, absence de formes asexuées à l'examen de { $fields } { $fields_are ->
    [one] champ
   *[other] champs
    }.
report-gametocytes-only-thin = Gamétocytes présents, absence de formes asexuées dans { $rbc } hématies.
report-review-required = Éléments suspects dans des champs rejetés : relecture nécessaire.
report-not-calculable-positive = Parasites présents ; densité non calculable.
report-not-calculable = Non calculable : aucune hématie comptée.
report-not-readable = Lame non lisible : à refaire.
report-short-count = Parasitémie { $percent } % sur { $rbc } hématies ({ $interval } %) ; compter encore { $need } hématies.
report-too-few-rbc = Parasites présents ; trop peu d'hématies ({ $rbc }) pour une parasitémie.
report-no-parasite-in-examined-rbc = Absence de parasites dans les { $rbc } hématies examinées (limite supérieure { $upper } %) ; le frottis mince seul ne permet pas de conclure.

report-counting-error-thick = L'intervalle ne couvre que l'erreur de comptage ; un nombre de leucocytes supposé ajoute une erreur systématique.
report-counting-error-thin = L'intervalle ne couvre que l'erreur de comptage ; un nombre d'hématies supposé ajoute une erreur systématique à la densité.
report-counting-error = L'intervalle ne couvre que l'erreur de comptage.
report-counted-thick = Comptés : { $parasites } { $parasites_are ->
    [one] parasite asexué
   *[other] parasites asexués
    } et { $wbc } leucocytes dans { $fields } des { $valid } champs valides ; { $reason }.
report-counted-thin = Comptées : { $infected } hématies parasitées sur { $rbc }, dans { $fields } { $fields_are ->
    [one] champ
   *[other] champs
    }.
report-reason-checkpoint = le compte s'arrête au premier palier, avec assez de parasites
report-reason-wbc-limit = le compte s'arrête au dernier palier de leucocytes de la règle
report-reason-parasite-limit = le compte s'arrête à la limite de parasites
report-reason-all-fields = tous les champs valides entrent dans le compte
report-reason-totals-only = seuls les totaux sont connus
report-examined = Sang examiné : { $volume } µL. Une densité de { $limit }/µL y aurait été trouvée avec une probabilité de 95 %, sans compter les pertes du film et les erreurs de lecture.
report-multiply-infected = Parasites dans les hématies : { $parasites } dans { $infected } hématies parasitées.
report-gametocytes-thick = Gamétocytes : { $count } ({ $density }/µL), comptés à part.
report-gametocytes-thin = Gamétocytes : { $count }, comptés à part.
report-implied = { $count } des hématies n'ont pas été vues elles-mêmes, mais entourent forcément un parasite vu.

report-flag-checkpoint-unknown = L'ordre des champs n'est pas connu : on ne peut pas dire si le palier a été atteint à temps.
report-flag-checkpoint-missed = Les parasites n'ont dépassé le nombre du palier qu'après celui-ci ; le compte continue jusqu'au dernier palier de leucocytes.
report-flag-parasite-limit-stop = Le compte s'est arrêté tôt, à la limite de parasites.
report-flag-late-positive = Le premier parasite est apparu tard ; tous les champs valides entrent dans le compte.
report-flag-recommend-thin = Parasites nombreux : le frottis mince donne le meilleur compte.
report-flag-low-wbc-per-field = Peu de leucocytes par champ : petite image, goutte trop mince ou mal colorée, ou leucopénie.
report-flag-rejected-candidates = Il y a des éléments suspects dans des images écartées ; regardez-les.
report-flag-asexual-search-incomplete = L'examen est insuffisant pour affirmer l'absence de formes asexuées.
report-flag-fields-unknown = Le nombre de champs n'est pas connu.
report-flag-short-count = Moins d'hématies que la règle n'en demande.
report-flag-within-false-positive-floor = Si peu d'éléments peuvent être des erreurs du programme : relecture par une personne avant tout rendu.
report-flag-straddles = L'intervalle contient { $limit } % : ce compte ne permet pas de dire si cette limite est dépassée.

report-next-wbc = Compter encore { $wbc } { $wbc_are ->
    [one] leucocyte
   *[other] leucocytes
    }, soit environ { $fields } { $fields_are ->
    [one] champ
   *[other] champs
    } de goutte épaisse.
report-next-wbc-only = Compter encore { $wbc } { $wbc_are ->
    [one] leucocyte
   *[other] leucocytes
    } sur la goutte épaisse.
report-next-fields = Photographier encore { $fields } { $fields_are ->
    [one] champ
   *[other] champs
    } de goutte épaisse.
report-next-rbc = Compter encore { $rbc } { $rbc_are ->
    [one] hématie
   *[other] hématies
    } sur le frottis mince.
report-next-thin = Photographier aussi le frottis mince.
report-next-thick = Photographier aussi la goutte épaisse : le frottis mince seul ne montre pas l'absence de parasites.
report-next-repeat = Si le paludisme reste suspecté, examiner un nouveau prélèvement après 12 à 24 heures.
report-next-review = Un lecteur regarde les images annotées des champs écartés.
report-next-retake = Reprendre les photographies écartées (voir plus bas).
report-next-sign = Un lecteur contrôle les images annotées et signe.

report-pictures-all = { $all } { $all_are ->
    [one] image, comptée
   *[other] images, toutes comptées
    }.
report-pictures = { $all } { $all_are ->
    [one] image
   *[other] images
    } : { $counted } comptées, { $left_out } écartées, { $unread } illisibles.
report-left-out = Écartées, { $reason } : { $names }
report-left-out-copy = même image que { $of }
report-left-out-scale = échelle inconnue : donner --um-per-px, ou um_per_px dans slide.toml
report-unread = Illisible : { $name } : { $reason }
report-picture-note = { $note } : { $names }
report-passed-over = Laissés de côté : { $list }

report-scale = Échelle, { $film } : { $scale } µm par pixel, { $basis }.
report-scale-given = valeur donnée
report-scale-file = lue dans le fichier de l'image
report-scale-red-cells = estimée d'après { $cells } hématies (dispersion { $spread } %)
report-scale-white-cells = estimée d'après { $cells } noyaux de leucocytes (dispersion { $spread } %) ; estimation faible, donner --um-per-px
report-scale-disc = estimée d'après le seul disque de l'oculaire ; estimation très faible, donner --um-per-px
report-bundle = Modèle, { $film } : { $name } { $version } (empreinte { $digest }).
report-profile = Règles : { $name }, version { $version } (empreinte { $digest }).
report-profile-own = Des valeurs propres ont été appliquées par-dessus les règles.
report-program = Programme : { $name } { $version }. Il cherche les parasites et ne distingue pas les espèces.

report-mark-title-thick = goutte épaisse
report-mark-title-thin = frottis mince
report-mark-counted = comptée
report-mark-left-out = ÉCARTÉE : { $reasons }
report-mark-copy = même image que { $of }
report-mark-no-scale = échelle inconnue
report-mark-found-thick = { $parasites } P, { $gametocytes } G, { $wbc } L
report-mark-found-thin = { $infected } parasitées sur { $rbc } hématies, { $gametocytes } G
report-mark-letter-asexual-parasite = P
report-mark-letter-gametocyte = G
report-mark-letter-white-cell = L
report-mark-letter-red-cell = H
report-mark-letter-platelet = T
report-mark-legend-asexual-parasite = P parasite
report-mark-legend-gametocyte = G gamétocyte
report-mark-legend-white-cell = L leucocyte
report-mark-legend-red-cell-infected = hématie parasitée
report-mark-legend-red-cell = hématie
report-mark-legend-platelet = T plaquette
report-mark-legend-disc = disque examiné
report-mark-legend-score = nombre : probabilité
report-picture-changed = l'image a changé pendant la lecture de la lame ; relancer
