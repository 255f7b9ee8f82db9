cli-evaluate-about = Mesure le moteur sur des photos étiquetées : précision, rappel, comptages, calibration
cli-evaluate-arg-truth = Annotations : format COCO avec un dossier images à côté, dossier YOLO (data.yaml) ou Pascal VOC ; peut être répété
cli-evaluate-arg-fold = Dossier d'un modèle avec un test-JEU.json des photos réservées, deux-points, puis les annotations ; peut être répété, les plis d'un même jeu sont réunis
cli-evaluate-arg-film = Nature des photos (goutte épaisse ou frottis mince)
cli-evaluate-arg-model = Dossier d'un modèle à mesurer à la place de celui qui est intégré
cli-evaluate-arg-images = Dossier des photos (par défaut : images, à côté des annotations, ou leur propre dossier)
cli-evaluate-arg-complete = Catégories annotées au complet, si les annotations ne le disent pas (YOLO et Pascal VOC ne le peuvent pas), séparées par des virgules
cli-evaluate-arg-um-per-px = Échelle : given (celle du jeu), estimated (le moteur la trouve pour chaque lame), ou un nombre en µm par pixel
cli-evaluate-arg-only = Ces lames seulement, séparées par des virgules
cli-evaluate-arg-from-score = Rapporte chaque classe à partir de ce score au lieu des seuils du modèle, pour étudier d'autres seuils et la calibration
cli-evaluate-arg-format = Présentation des chiffres
cli-evaluate-arg-details = Avec json : aussi le jugement de chaque photo
cli-evaluate-arg-drop-ignored = Écarte aussi des chiffres les annotations dont le centre est dans une zone ignore, et pas seulement les détections
cli-evaluate-arg-resize = Redimensionne d'abord les photos, largeur et hauteur par ce facteur, comme avec un appareil d'un autre grossissement
cli-evaluate-arg-blur-um = Floute d'abord les photos : écart type en µm
cli-evaluate-arg-warm = D'abord une balance des blancs chaude (rouge x 1,12, bleu x 0,85)
cli-evaluate-arg-cold = D'abord une balance des blancs froide (rouge x 0,85, bleu x 1,12)
cli-evaluate-arg-jpeg-quality = Enregistre d'abord les photos en JPEG de cette qualité
cli-evaluate-arg-scale-factor = Indique au moteur une échelle égale à ce multiple de la vraie
evaluate-heading = { $film }, { $pictures } { $pictures_are ->
    [one] photo
   *[other] photos
    } : { count-slides }, { $loose } { $loose_are ->
    [one] photo
   *[other] photos
    } de lame inconnue. { $scale } Modèle : { $bundles }.
evaluate-scale-given = Échelle donnée.
evaluate-scale-estimated = Échelle estimée par le moteur.
evaluate-scale-fixed = Échelle de { $um } µm par pixel pour toutes.
evaluate-changed = Photos modifiées : { $changes }.
evaluate-changed-resize = redimensionnées x { $factor }
evaluate-changed-scale = échelle indiquée x { $factor }
evaluate-changed-jpeg = JPEG de qualité { $quality }
evaluate-changed-blur = flou de { $um } µm
evaluate-changed-warm = balance des blancs chaude
evaluate-changed-cold = balance des blancs froide
evaluate-head-class = classe
evaluate-head-labelled = étiquetés
evaluate-head-precision = précision (95 %)
evaluate-head-recall = rappel (95 %)
evaluate-head-f1 = F1 (95 %)
evaluate-head-count = erreur de comptage par champ (total)
evaluate-head-count-slide = par lame, médiane
evaluate-head-calibration = erreur de calibration
evaluate-head-best = meilleur F1 @ score
evaluate-subject-parasite = parasites
evaluate-subject-asexual-parasite = parasites asexués
evaluate-subject-gametocyte = gamétocytes
evaluate-subject-infected-red-cell = hématies parasitées
evaluate-subject-red-cell = hématies
evaluate-subject-white-cell = leucocytes
evaluate-subject-platelet = plaquettes
evaluate-per-red-cells = pour 1 000 hématies
evaluate-per-white-cells = pour 200 leucocytes
evaluate-false = Faux parasites : { $false } sur { count-fields } et { $cells } { $cells_are ->
    [one] cellule
   *[other] cellules
    } (comptées par le moteur : { $counted }) : { $rate } { $per }.
evaluate-false-free = Sur les champs sans aucun parasite : { $false } sur { count-fields } et { $cells } { $cells_are ->
    [one] cellule
   *[other] cellules
    } (comptées par le moteur : { $counted }) : { $rate } { $per }.
evaluate-reliability = Calibration des { $class }, score moyen → part exacte : { $bins }.
evaluate-quality = Qualité : photos exploitables : { $fit } sur { $pictures } ; contre les autres : { $reasons }. Toutes ont été jugées.
evaluate-scale-error = Échelle estimée sur échelle vraie : médiane { $median }, minimum { $lowest }, maximum { $highest } ; à 15 % près sur { $within } % des photos ({ $pictures }), introuvable sur { $without }.
cli-arg-floor = Fichier du bruit de fond du site, écrit par hemozoin calibrate (par défaut : aucun)
error-floor-file = le fichier du bruit de fond est inutilisable ; réécrivez-le avec hemozoin calibrate (détail : « { $reason } »)
error-floor-bundle-thick = le bruit de fond de la goutte épaisse a été mesuré avec le modèle { $bundle } (empreinte { $measured }), or cette analyse utilise l'empreinte { $used } ; relancez hemozoin calibrate ou omettez ce fichier
error-floor-bundle-thin = le bruit de fond du frottis mince a été mesuré avec le modèle { $bundle } (empreinte { $measured }), or cette analyse utilise l'empreinte { $used } ; relancez hemozoin calibrate ou omettez ce fichier
error-truth-json = ligne { $line }, colonne { $column } : ce ne sont pas des annotations au format COCO (détail : « { $reason } »)
error-truth-category = la catégorie « { $category } » est inconnue ; il y a parasite, rbc, rbc_infected, wbc, platelet, ignore et les noms de stades
error-truth-undeclared = annotation { $annotation } : la catégorie { $category } n'est pas déclarée
error-truth-box = annotation { $annotation } : { $box } n'est pas un cadre x, y, largeur, hauteur
error-truth-complete = photo { $image } : la catégorie « { $category } » est inconnue
error-truth-unlisted = des annotations nomment la photo { $image }, qui n'est pas dans la liste
error-truth-none-thick = aucune photo de goutte épaisse dans la liste
error-truth-none-thin = aucune photo de frottis mince dans la liste
error-evaluate-only = { $set } : aucune photo des lames demandées
error-evaluate-fold = écrivez le dossier du modèle, deux-points, puis les annotations
error-evaluate-held-out = ligne { $line }, colonne { $column } : il faut une liste images, chacune avec son file_name (détail : « { $reason } »)
error-out-of-range = donnez de { $low } à { $high }
calibrate-too-little = C'est trop peu pour y comparer des résultats. Nombre minimal de lames sans paludisme de ce site : { $slides } ; de cellules en tout : { $cells }.
cli-arg-site-threshold = Compter les parasites asexués à partir du score du site, que donne le fichier de --floor (par défaut : celui du modèle)
error-floor-no-threshold = ce fichier ne contient pas de seuil du site ; hemozoin calibrate --read en mesure un sur des lames relues
cli-calibrate-arg-read = Les lames, ou celles d'archives, ont été relues et signées : prendre celles sans paludisme pour le bruit de fond, et toutes pour le seuil du site ; rien n'est analysé
calibrate-other-record = { $slide } : analysée de nouveau depuis la signature ; laissée de côté jusqu'à une nouvelle lecture
calibrate-other-bundle = { $slide } : analysée avec un autre modèle ; laissée de côté
calibrate-not-whole = { $slide } : tous les champs n'ont pas été examinés ou tous les suspects jugés ; laissée de côté
calibrate-no-balance = Pas de seuil du site, { $film } : trop peu de parasites sur des lames lues en entier (au moins : { $parasites }), ou plus de manqués que de faux à chaque score.
calibrate-threshold = Seuil du site, { $film } : { $score } (celui du modèle : { $own }). Sur les lames lues ({ $slides } ; parasites : { $parasites }), faux à partir de là : { $false }, manqués : { $missed }.
calibrate-threshold-use = Le seuil du site ne sert qu'avec --site-threshold à côté de --floor ; l'enregistrement le dit.
cli-calibrate-about = Mesure le bruit de fond du site sur des lames dont on sait qu'elles ne portent aucun parasite
cli-calibrate-arg-slides = Dossiers de photos, un pour chaque lame dont on sait qu'elle ne porte aucun parasite
cli-calibrate-arg-out = Fichier pour ce niveau
calibrate-slide = { $slide }, { $film } : { $parasites } { $parasites_are ->
    [one] faux parasite
   *[other] faux parasites
    } pour { $cells } { $cells_are ->
    [one] cellule
   *[other] cellules
    }
calibrate-thick = Goutte épaisse : faux parasites pour 200 leucocytes : { $rate }, écart type entre lames { $spread } ; { count-slides }, { $cells } { $cells_are ->
    [one] leucocyte
   *[other] leucocytes
    }, modèle { $bundle }.
calibrate-thin = Frottis mince : hématies dites parasitées à tort pour 1 000 : { $rate }, écart type entre lames { $spread } ; { count-slides }, { $cells } { $cells_are ->
    [one] hématie
   *[other] hématies
    }, modèle { $bundle }.
calibrate-written = Écrit dans { $file }. À utiliser avec --floor { $file } ou avec floor = "…" dans slide.toml.
calibrate-twice = { $slide } : donnée deux fois ; une lame ne compte qu'une fois
calibrate-left-out = { $slide } : n'entrent pas dans ce niveau : { $images } ; hemozoin analyze dit ce qui ne va pas
calibrate-without-cells = { $slide } : aucune cellule comptée sur des champs corrects ; cette lame est laissée de côté
cli-selftest-about = Vérifie cette installation sur des champs dessinés au contenu connu : code de sortie 0 si tout est conforme, 1 sinon
cli-selftest-arg-format = Présentation des vérifications
selftest-bundle = les poids du modèle sont ceux qui sont déclarés
selftest-drawing = les champs dessinés sont ceux de la version publiée
selftest-found = recherche sur les champs dessinés ({ $class }), F1 d'au moins { $expected }
selftest-threads = un fil d'exécution et plusieurs donnent les mêmes octets
selftest-passed = conforme
selftest-failed = NON CONFORME
selftest-line = { $verdict } : { $film }, { $check } ({ $found })
selftest-line-expected = { $verdict } : { $film }, { $check } : attendu { $expected }, trouvé { $found }
selftest-sound = Toutes les vérifications sont conformes ({ $checks }) : cette installation fait ce que fait la version publiée.
selftest-unsound = Vérifications non conformes : { $failed } sur { $checks }. N'utilisez pas cette installation ; réinstallez-la et prévenez ses auteurs.
