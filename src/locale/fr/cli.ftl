cli-about = Lit les lames de paludisme : des photographies à un résultat établi selon les normes
cli-after =
    Codes de sortie :
      0  tout est fait
      1  des entrées ont échoué ou sont inexploitables ; chacune est nommée
      2  mauvais usage ou mauvaise installation
      3  arrêté (Ctrl-C, disque plein) : redonnez la commande, ou reprenez l'archive
    Un résultat clinique ne change jamais le code de sortie.
cli-heading-usage = Utilisation :
cli-heading-commands = Commandes{ "\u00A0" }
cli-heading-options = Options{ "\u00A0" }
cli-heading-arguments = Arguments{ "\u00A0" }
cli-value-period = PÉRIODE
cli-value-kind = CATÉGORIE
cli-value-size = TAILLE
cli-value-case = CAS
cli-value-command = COMMANDE
cli-value-dir = DOSSIER
cli-value-file = FICHIER
cli-value-name = NOM
cli-value-path = CHEMIN
cli-value-root = RACINE
cli-value-list = LISTE
cli-value-slide = LAME
cli-value-density = DENSITÉ
cli-value-visit = VISITE
cli-value-days = JOURS
cli-value-species = ESPÈCE
cli-value-n-blocks = N|BLOCS
cli-value-model-file = MODÈLE:FICHIER
cli-value-given-estimated-um = given|estimated|UM
cli-value-score = SCORE
cli-value-lang = LANGUE
cli-value-format = FORMAT
cli-value-marks = CHOIX
cli-value-k-n = K/N
cli-value-key = CLÉ
cli-value-url = URL
cli-value-seconds = SECONDES
cli-value-csv-locale = TABLEUR
cli-value-film = PRÉPARATION
cli-value-form = FORME
cli-value-rule = RÈGLE
cli-value-severity = AUTORITÉ
cli-flag-default = [par défaut : { $value }]
cli-flag-values = [valeurs possibles : { $values }]
cli-arg-help = Affiche cette aide
cli-arg-version = Affiche la version
cli-arg-lang = Langue de tout ce qu'une personne lit (par défaut : celle de la session)
cli-arg-threads = Nombre de fils d'exécution (par défaut : tous les cœurs) ; le résultat n'en dépend pas
cli-arg-quiet = Ni progression ni remarques ; les erreurs sont toujours dites
cli-refused-help = Aide : hemozoin --help, ou hemozoin COMMANDE --help
cli-refused-unknown = l'option { $arg } n'existe pas ici
cli-refused-extra = { $arg } est de trop : cette commande ne prend ici ni fichier ni dossier sans option devant
cli-refused-command = la commande { $arg } n'existe pas
cli-refused-missing-command = il manque une commande ; au choix : { $valid }
cli-refused-missing = il manque : { $arg }
cli-refused-conflict = { $arg } et { $other } s'excluent
cli-refused-value-of = { $arg } ne peut pas être { $value } ; possible : { $valid }
cli-refused-value = { $arg } ne peut pas être { $value } : { $reason }
cli-refused-encoding = un mot de la ligne de commande n'est pas du texte UTF-8
cli-refused-few = { $arg } demande au moins { $wanted } { $wanted_are ->
    [one] valeur
   *[other] valeurs
    } ; reçu : { $given }
cli-refused-many = une valeur de trop pour { $arg } : { $value }
cli-refused-no-value = { $arg } demande une valeur
cli-refused-number = { $arg } demande { $wanted } { $wanted_are ->
    [one] valeur
   *[other] valeurs
    } ; reçu : { $given }
cli-refused-range = donnez { $low } à { $high }
cli-refused-whole = donnez un nombre entier à partir de 0
cli-models-about = Liste les modèles de cette version : lame, licence et empreinte
cli-models-arg-card = Affiche la fiche de ce modèle : données, chiffres, échecs connus
cli-models-arg-dirs = Dossiers d'autres modèles, à vérifier et à lister aussi
cli-models-unknown = le modèle { $name } n'est pas dans cette version ; on y trouve : { $known }
film-thick = goutte épaisse
film-thin = frottis mince
cli-analyze-about = Lit les photographies de la lame ou des lames d'un patient et rend le résultat
cli-analyze-arg-path = Dossier de photographies (sous-dossiers goutte-epaisse et frottis pour les deux lames), ou une photographie
cli-analyze-arg-format = Forme du résultat affiché
cli-analyze-arg-out = Dossier des fichiers du résultat (par défaut : hemozoin-result dans CHEMIN, hemozoin-result-NOM à côté d'une seule photographie ; avec --format json aucun)
cli-analyze-arg-no-files = Affiche le résultat sans écrire de fichiers
cli-analyze-arg-full = Montre aussi comment le résultat a été trouvé : intervalles, échelles, modèles, empreintes, règles
cli-analyze-arg-marks = Images annotées à écrire : all (par défaut) = toutes ; found = champs avec parasites, les plus riches d'abord, et champs écartés, 20 au plus, ou 3 champs comptés s'il n'y a aucun parasite ; none = aucune
cli-analyze-arg-csv-locale = Séparateurs des tableaux : en = virgule et point décimal ; fr = point-virgule et virgule décimale, comme le veut un tableur français (par défaut : selon --lang)
cli-analyze-elsewhere = choisissez un autre dossier avec --out DOSSIER, ou affichez seulement le résultat avec --no-files
cli-analyze-kept = un fichier du résultat précédent avait été modifié à la main ; il est gardé sous { $file }
cli-analyze-written = Écrit dans { $dir } (images annotées : { $marked } sur { $fields })
cli-progress-scale = estimation de l'échelle
cli-progress-reading = lecture de { $files } { $files_are ->
    [one] image
   *[other] images
    }
cli-progress-thick = leucocytes { $cells }, parasites { $found }
cli-progress-thin = hématies { $cells }, parasitées { $found }
cli-arg-film = Type de lame de toutes les photographies : goutte-epaisse (ge, thick) ou frottis (fm, thin) ; passe avant les noms de dossiers et slide.toml
cli-arg-um-per-px = Échelle des photographies en µm par pixel (par défaut : d'après les fichiers ou les cellules)
cli-arg-wbc-per-ul = Leucocytes/µL mesurés chez le patient (par défaut : les 8 000 du profil)
cli-arg-rbc-per-ul = Hématies/µL mesurées chez le patient (par défaut : les 5 000 000 du profil)
cli-arg-profile = Profil de règles
cli-arg-profile-file = Fichier TOML avec vos propres valeurs, appliquées par-dessus le profil
cli-arg-model = Dossier d'un modèle à employer à la place du modèle intégré pour sa lame ; peut être répété
error-film-not-stated =
    { $given ->
        [pictures] goutte épaisse ou frottis mince ? Rien ne le dit ; indiquez-le pour toute la lame, ou pour chacune de ses photos
       *[folder] goutte épaisse ou frottis mince ? Dites-le de l'une des trois façons : --film goutte-epaisse (ou frottis) ; un fichier slide.toml à côté des images avec film = "goutte-epaisse" ; ou des sous-dossiers nommés goutte-epaisse et frottis (ge, fm, thick, thin)
    }
error-no-thick-film = la goutte épaisse est demandée, mais le dossier ne contient que le frottis
error-no-thin-film = le frottis mince est demandé, mais le dossier ne contient que la goutte épaisse
error-film-holds-slides = cela semble être une lame à part, non l'une des deux lames du patient autour ; analysez le dossier d'une seule lame, ou toutes avec hemozoin archive run
error-sheet = cette ligne n'est pas du TOML : « { $shown } » ; écrivez nom = "texte" ou nom = nombre, une valeur par ligne (détail : « { $reason } »)
error-sheet-film = { $shown } : écrivez film = "goutte-epaisse" (ge, thick) ou film = "frottis" (fm, thin)
error-sheet-key = { $shown } : la clé { $name } n'existe pas ; les clés sont { $known }
error-sheet-number = { $shown } : écrivez un nombre de { $low } à { $high }
error-sheet-text = { $shown } : écrivez un seul texte entre guillemets
error-sheet-date = { $shown } : ce n'est pas une date ; écrivez 21/11/2026, 2026-11-21 ou 2026-11-21T08:30 (années 1900 à 2100)
error-sheet-haematocrit = { $shown } : la norme ne donne aucune règle de l'hématocrite au nombre d'hématies par µL (THN-2) ; donnez rbc_per_ul tel que mesuré, ou ne donnez rien
error-sheet-encoding = ce n'est du texte ni UTF-8 ni Windows-1252 ; enregistrez le fichier en UTF-8
error-sheet-contradicts = les dossiers de cette lame ne s'accordent pas sur { $name } ; écrivez la même valeur dans le slide.toml de chacun
error-sheet-of-another = le slide.toml à côté des images est celui de la lame { $number }, mais la liste les donne à { $slide } ; écrivez le même numéro dans les deux, ou donnez un dossier à chaque lame
error-um-per-px = { $value } µm par pixel est impossible ; donnez { $low } à { $high }
error-not-one-line = { $column } contient un saut de ligne ou un caractère de contrôle ; l'écrire en une seule ligne de texte
error-dates-order = la lame ne peut pas être lue le { $read }, avant le prélèvement du { $taken } ; corrigez l'une des deux dates
error-file-in-place-of-folder = un fichier se trouve ici, là où un dossier doit être créé pour les résultats ; choisissez un autre dossier, ou déplacez le fichier
error-grade-too-many = ces comptes donnent { $density } parasites/µL, plus que les { $rbc } hématies/µL qui pourraient les contenir ; vérifiez les parasites, les leucocytes et les leucocytes par µL
table-columns-unused = colonnes non utilisées : { $columns } ; les colonnes portent les noms des options (voir --help), avec _ au lieu de -
table-columns-unnamed = colonnes sans nom, non utilisées : { $columns } (numérotées à partir de la gauche) ; leur donner un nom dans l'en-tête si elles comptent
error-table-cell-empty = la case de la colonne { $column } est vide ; y écrire la valeur
error-table-empty = aucune ligne sous l'en-tête ; en écrire une par cas
error-sheet-age = { $shown } : ce n'est pas un âge ; écrivez 4, 4,5 ou 18 mois
error-sheet-sex = { $shown } : écrivez F ou M
error-sheet-two = { $name } ou { $other } : chacun pourrait être la fiche de cette lame ; n'en gardez qu'une, sous le nom de slide.toml
error-sheet-name = { $name } ressemble à la fiche de cette lame et ne s'appelle pas slide.toml ; renommez ce fichier en slide.toml, ou déplacez-le
error-sheet-twice = la clé { $name } est écrite deux fois, aux lignes { $first } et { $second } ; n'en gardez qu'une
error-sheet-section = { $shown } : ce fichier n'a pas de sections ; retirez cette ligne et gardez celles qui la suivent
error-sheet-no-floor = { $shown } : il n'y a pas de fichier { $file } ; écrivez son chemin à partir du dossier de cette fiche, ou retirez la ligne
cli-value-number = NUMÉRO
cli-value-age = ÂGE
cli-value-f-m = F|M
cli-value-text = TEXTE
cli-value-date = DATE
cli-arg-slide = Numéro de la lame (par défaut : le nom du dossier)
cli-arg-patient-id = Numéro du patient au laboratoire
cli-arg-patient-name = Nom du patient
cli-arg-age = Âge : 4, 4,5 ou 18 mois
cli-arg-sex = Sexe : F ou M
cli-arg-ward = Service qui demande l'examen
cli-arg-order = Numéro de la demande
cli-arg-specimen = Numéro de l'échantillon
cli-arg-site = Formation sanitaire ou village
cli-arg-blood-taken = Date du prélèvement : 21/11/2026, 2026-11-21 ou 2026-11-21T08:30
cli-arg-read-on = Date de la lecture par une personne, écrite comme celle du prélèvement
cli-arg-reader = Lecteur ou lectrice de la lame
cli-arg-objective = Objectif, par exemple 100x/1,25
cli-arg-stain = Coloration, par exemple Giemsa 10 %
cli-analyze-arg-with-identity = Reprend le nom du patient de slide.toml dans le résultat et tous les fichiers ; sans cette option, le nom reste dans slide.toml seulement
cli-analyze-arg-patient-name = Nom du patient, pour le résultat et tous les fichiers (avec --with-identity)
cli-new-slide-about = Écrit un slide.toml à remplir, avec ce que disent les options ; un fichier présent n'est jamais remplacé
cli-new-slide-arg-folder = Dossier des images de la lame, créé s'il manque (par défaut : le dossier courant)
cli-new-slide-written = Écrit : { $file }
cli-manual-about = Écrire les pages de man, et les complétions pour bash, zsh et fish
cli-manual-arg-out = Dossier qui reçoit man/ et completions/
cli-manual-written = Écrit : { $dir }
cli-schema-about = Affiche le schéma JSON du résultat enregistré
cli-archive-describe-about = Ajoute à une archive déjà lue ce que dit une liste de lames : patients, dates, sites, numérations ; aucune image n'est relue
cli-archive-describe-arg-manifest = La liste (.csv ou .toml) ; sa colonne d'images, s'il y en a une, n'est pas regardée
cli-stopped = arrêté ; rien d'incomplet n'est gardé
cli-refused-unknown-near = l'option { $arg } n'existe pas ici ; vouliez-vous dire { $near } ?
cli-refused-command-near = la commande { $arg } n'existe pas ; vouliez-vous dire { $near } ?
cli-refused-command-path = la commande { $arg } n'existe pas ; pour lire ce dossier ou cette image : hemozoin analyze { $arg }
error-sheet-there = ce dossier a déjà un slide.toml, ou un fichier d'un nom très proche ; rien n'a été écrit
error-not-an-age = « { $value } » n'est pas un âge ; écrivez 4, 4,5 ou 18 mois
error-not-a-date = « { $value } » n'est pas une date ; écrivez 21/11/2026, 2026-11-21 ou 2026-11-21T08:30 (années 1900 à 2100)
error-not-a-sex = « { $value } » n'est ni F ni M
slide-toml-title = La fiche d'une lame. Retirez le # devant une clé et écrivez sa valeur entre les guillemets.
slide-toml-slide = Numéro de la lame ; sans numéro, le nom du dossier.
slide-toml-slide-example = N-17
slide-toml-film = Type de lame de toutes les images du dossier : goutte-epaisse (ge, thick) ou frottis (fm, thin).
slide-toml-film-example = goutte-epaisse
slide-toml-patient-id = Numéro du patient au laboratoire.
slide-toml-patient-id-example = P-0042
slide-toml-patient-name = Nom du patient. Il reste dans ce fichier, sauf demande par --with-identity.
slide-toml-patient-name-example = A. M.
slide-toml-age = Âge : 4, 4,5 ou 18 mois.
slide-toml-age-example = 18 mois
slide-toml-sex = Sexe : F ou M.
slide-toml-sex-example = F
slide-toml-ward = Service qui demande l'examen.
slide-toml-ward-example = Pédiatrie
slide-toml-order = Numéro de la demande.
slide-toml-order-example = 2026-1180
slide-toml-specimen = Numéro de l'échantillon.
slide-toml-specimen-example = E-311
slide-toml-site = Formation sanitaire ou village.
slide-toml-site-example = Dosso
slide-toml-blood-taken = Date du prélèvement, avec ou sans heure.
slide-toml-blood-taken-example = 21/11/2026 08:30
slide-toml-read-on = Date de la lecture par une personne.
slide-toml-read-on-example = 21/11/2026
slide-toml-reader = Lecteur ou lectrice de la lame.
slide-toml-reader-example = H. I.
slide-toml-wbc-per-ul = Leucocytes par µL du patient, du même jour et du même sang ; sans eux, les 8 000 du profil sont supposés.
slide-toml-wbc-per-ul-example = 6200
slide-toml-rbc-per-ul = Hématies par µL du patient ; sans elles, les 5 000 000 du profil sont supposées. Un hématocrite n'en est pas le nombre.
slide-toml-rbc-per-ul-example = 4200000
slide-toml-um-per-px = Échelle des images, µm par pixel ; sans elle, celle des fichiers ou des cellules.
slide-toml-um-per-px-example = 0,104
slide-toml-objective = Objectif.
slide-toml-objective-example = 100x/1,25
slide-toml-stain = Coloration.
slide-toml-stain-example = Giemsa 10 %
slide-toml-floor = Fichier du bruit de fond mesuré sur place, écrit par hemozoin calibrate.
slide-toml-floor-example = floor.toml

cli-review-about = Laisser un lecteur décider : suspects, champs et signature sur une page du navigateur de cet ordinateur
cli-review-arg-path = Dossier d'une lame analysée, dossier de son résultat, dossier de sortie d'une archive, ou un cas envoyé par un autre laboratoire
cli-review-arg-pictures = Où se trouvent les images de la lame, si ce n'est autour de son résultat
cli-review-arg-port = Port d'écoute ; 0 en prend un libre
cli-review-arg-no-open = Afficher l'adresse sans ouvrir de navigateur
cli-review-open = La page s'ouvre dans le navigateur. Tout ce qu'elle montre comme fait est sur le disque. Ctrl+C la ferme.
cli-review-not-reported = le compte rendu à côté du résultat ne montre pas encore ce qui a été signé : { $reason }. Réparer, puis : hemozoin report
cli-review-by-hand = Aucun navigateur n'a pu être ouvert : ouvrir l'adresse ci-dessus à la main.
cli-review-arg-labels = Annotations faites ailleurs (COCO, YOLO, Pascal VOC), qui deviennent d'abord des décisions du lecteur ; rien n'est signé
cli-review-arg-reader = De qui ces annotations deviennent les décisions
cli-review-arg-labels-complete = Tout parasite est annoté sur ces images : tout autre élément suspect est rejeté
cli-review-labels = { $reader } a des décisions d'après les annotations de { $pictures } { $pictures_are ->
    [one] image
   *[other] images
    } : { $judged } { $judged_are ->
    [one] marque jugée
   *[other] marques jugées
    }, { $added } { $added_are ->
    [one] ajoutée
   *[other] ajoutées
    }

cli-export-about = Écrire ce que les lecteurs ont décidé comme annotations (coco, yolo, voc, geojson, cvat, csv), les résultats pour d'autres systèmes (fhir, hl7) et les chiffres d'une archive (dhis2)
cli-export-arg-paths = Lames relues, ou dossiers de sortie d'archives
cli-export-arg-form = Forme de ce qui est écrit
cli-export-arg-out = Fichier à écrire, ou dossier si la forme en demande plusieurs ; sans cela annotations.json, .xml ou .csv, ou labels, fhir, hl7 ou dhis2.json
cli-export-not-read = { $slide } : personne n'a lu cette lame
cli-export-not-signed = { $slide } : aucune lecture n'est signée ; ses décisions sont laissées de côté
cli-export-nothing = aucune lecture signée n'a été trouvée : rien n'a été écrit
cli-export-written = { $file } : annotations de { $pictures } { $pictures_are ->
    [one] image
   *[other] images
    }

cli-case-about = Demander l'avis d'un expert éloigné : un fichier part, un petit revient
cli-case-export-about = Écrire une lame en un seul fichier pour un expert éloigné : vignettes, champs réduits, compte rendu, PDF
cli-case-export-arg-path = Dossier d'une lame analysée, dossier de son résultat, ou dossier de sortie d'une archive
cli-case-export-arg-slide = Quelle lame, si le chemin est le dossier de sortie d'une archive
cli-case-export-arg-max-size = Taille maximale du fichier, de 20ko à 500Mo (sans cela 2Mo) ; les meilleures vignettes d'abord
cli-case-export-arg-question = Ce qu'on demande à l'expert, en mots
cli-case-export-arg-with-identity = Envoyer aussi le nom et les numéros du patient, et les noms des fichiers
cli-case-export-arg-out = Fichier à écrire
cli-case-export-arg-pictures = Où sont les images de la lame, si ce n'est pas autour de son résultat
cli-case-export-arg-laboratory = Nom, adresse et logo pour le PDF ; sans cela laboratory.toml près des images
cli-case-answer-about = Écrire la lecture signée d'un cas en un petit fichier pour ceux qui ont demandé
cli-case-answer-arg-case = Le cas, tel qu'il est arrivé ; hemozoin review l'ouvre
cli-case-answer-arg-reader = La lecture de qui, si plusieurs ont signé
cli-case-answer-arg-out = Fichier à écrire
cli-case-import-about = Ajouter la réponse d'un expert aux lectures d'une lame
cli-case-import-arg-file = La réponse, telle qu'elle est arrivée
cli-case-import-arg-to = Dossier de la lame, dossier de son résultat, ou dossier de sortie de son archive
cli-case-import-arg-reader = Un autre nom pour l'expert, si un lecteur d'ici a le même
cli-case-export-arg-recipients = Chiffre le fichier pour cette clé publique (age1...), que fait hemozoin case key ; peut être donné plusieurs fois
cli-case-answer-arg-key = Votre clé secrète, si le dossier est chiffré
cli-case-answer-arg-recipients = Chiffre la réponse pour cette clé publique (age1...)
cli-case-import-arg-key = Votre clé secrète, si la réponse est chiffrée
cli-case-key-about = Fait votre propre clé secrète ; affiche la clé publique pour laquelle d'autres chiffrent
cli-case-key-arg-out = Fichier de la clé secrète ; rien n'y est remplacé
cli-case-key-made = { $file } est la clé secrète : gardez-en une copie en lieu sûr et ne la donnez à personne ; envoyez la clé publique ci-dessus à qui chiffre pour vous
cli-review-arg-key = Votre clé secrète, si le dossier est chiffré
cli-case-written = { $file } : lame { $slide }, { $kilobytes } ko avec { $crops } { $crops_are ->
    [one] vignette
   *[other] vignettes
    } et { $fields } { $fields_are ->
    [one] champ réduit
   *[other] champs réduits
    }
cli-case-left-out = n'ont pas trouvé place : { $crops } { $crops_are ->
    [one] vignette
   *[other] vignettes
    }, { $fields } { $fields_are ->
    [one] champ
   *[other] champs
    } (--max-size permet davantage)
cli-case-no-report = la page pour le clinicien n'a pas trouvé place
cli-case-no-identity = nom et numéros du patient et noms des fichiers restent ici ; le numéro et le site de la lame, le service, l'âge et le sexe partent avec
cli-case-identity = le nom et les numéros du patient partent avec
cli-case-answered = { $file } : ce que { $reader } a décidé et signé, { $kilobytes } ko
cli-case-new = { $slide } : lue par { $reader }, { $decisions } { $decisions_are ->
    [one] décision ajoutée
   *[other] décisions ajoutées
    }
cli-case-more = { $slide } : { $decisions } { $decisions_are ->
    [one] décision s'ajoute
   *[other] décisions s'ajoutent
    } à la lecture de { $reader }
cli-case-known = { $slide } : cette lecture de { $reader } est déjà ici ; rien n'a été ajouté
cli-case-earlier = { $reader } a lu une analyse antérieure de cette lame : sa lecture est gardée comme signée sur celle-là
cli-refused-size = donner une taille de 20ko à 500Mo
cli-export-arg-attach = Avec chaque résultat signé son compte rendu (PDF) et au plus trois petites images annotées (fhir)
cli-export-arg-codes = Fichier de codes posé sur ceux de la norme (fhir, hl7), ou d'identifiants (dhis2 ; voir archive summary --print-config)
cli-export-figures = { $file } écrit : les valeurs de chaque mois, des lames signées
cli-export-results = { $file } : { $slides } { $slides_are ->
    [one] résultat
   *[other] résultats
    }, dont { $preliminary } { $preliminary_are ->
    [one] préliminaire
   *[other] préliminaires
    }
cli-export-earlier = { $slide } : { $reader } a signé une analyse antérieure ; celle-ci part comme préliminaire, jusqu'à ce qu'elle soit signée

cli-quiz-about = Coin de formation : des lames à lire pour s'exercer ou pour un examen, sur une page du navigateur de cet ordinateur ; les réponses sont gardées à part de tout dossier de patient
cli-quiz-arg-path = Dossier analysé et signé, ou dossier de sortie d'une archive : ses lectures signées sont posées ; sans lui, des lames que ce programme dessine
cli-quiz-arg-course = Cours : practice, who-55 ou un fichier TOML ; sans lui, la page propose ceux de ce programme
cli-quiz-arg-results = Fichier auquel les réponses sont ajoutées ; hemozoin-quiz/results.jsonl dans le dossier de l'utilisateur, si rien n'est dit
cli-quiz-arg-trainee = Nom du stagiaire, si la page ne doit pas le demander
cli-quiz-arg-port = Port d'écoute ; 0 en prend un libre
cli-quiz-arg-no-open = Afficher l'adresse sans ouvrir de navigateur
cli-quiz-left-out = { $slides } { $slides_are ->
    [one] lame que personne n'a signée, ou sur un résultat antérieur, n'est pas prise
   *[other] lames que personne n'a signées, ou sur un résultat antérieur, ne sont pas prises
 }
cli-quiz-results-about = Montrer ce qu'une classe a répondu : notes et niveaux, une ligne par séance
cli-quiz-results-arg-files = Fichiers de résultats, aussi de plusieurs ordinateurs ; celui de l'utilisateur, si aucun n'est nommé
cli-quiz-results-arg-format = Forme du tableau
cli-quiz-results-arg-trainee = Seulement ce stagiaire
cli-quiz-results-arg-sheets = Écrire aussi une feuille de résultat (PDF) par séance dans ce dossier
cli-quiz-sheets = { $sheets } { $sheets_are ->
    [one] feuille
   *[other] feuilles
 } de résultat dans { $folder }

cli-first =
    hemozoin lit des lames de paludisme à partir de photographies. Il propose ; une personne décide.

    Lire une lame :        hemozoin analyze DOSSIER, puis hemozoin review DOSSIER
    Plutôt sur une page :  hemozoin review
    Beaucoup de lames :    hemozoin archive run DOSSIER --out RÉSULTATS
    Tout le reste :        hemozoin --help

    DOSSIER contient les photographies d'une lame ; des sous-dossiers goutte-epaisse et frottis disent quel film elles montrent.
cli-first-enter = Appuyer sur Entrée pour ouvrir la page dans le navigateur, Ctrl+C pour quitter.

cli-send-about = Envoie résultats et chiffres aux serveurs d'autres systèmes
cli-send-fhir-about = Envoie le résultat de chaque lame à un serveur FHIR R4 ; ce qu'il n'a pas accepté attend sur le disque le prochain envoi
cli-send-fhir-arg-address = Adresse du serveur, par exemple https://exemple.org/fhir
cli-send-fhir-arg-authorization = Fichier avec l'en-tête Authorization, par exemple : Bearer eyJhbGciOi... (sinon la variable HEMOZOIN_AUTHORIZATION)
cli-send-fhir-arg-authority = Certificats (PEM) des seules autorités de confiance
cli-send-fhir-arg-unencrypted = Permet une adresse http:// d'un autre ordinateur : chacun peut lire les résultats en route
cli-send-fhir-arg-tries = Nombre d'essais pour chaque envoi
cli-send-fhir-arg-wait = Secondes avant le deuxième essai ; deux fois plus avant chaque essai suivant
cli-send-fhir-arg-paths = Dossiers de lames analysées, ou dossiers de sortie d'archives ; sans cela envoie ce qui attend
cli-send-fhir-arg-outbox = Dossier de ce qui attend, avec ce que le serveur a dit
cli-send-fhir-arg-signed-only = Seulement ce qu'un lecteur a signé
cli-send-fhir-arg-attach = Avec chaque résultat signé son compte rendu (PDF) et au plus trois petites images annotées
cli-send-fhir-arg-codes = Codes de ce laboratoire, par-dessus ceux du programme
cli-send-dhis2-about = Envoie les chiffres d'une archive à un serveur DHIS2 ; il dit d'abord ce qu'il en ferait
cli-send-dhis2-arg-address = Adresse du serveur, par exemple https://dhis2.exemple.org
cli-send-dhis2-arg-authorization = Fichier avec l'en-tête Authorization, par exemple : ApiToken d2pat_... (sinon la variable HEMOZOIN_AUTHORIZATION)
cli-send-dhis2-arg-authority = Certificats (PEM) des seules autorités de confiance
cli-send-dhis2-arg-unencrypted = Permet une adresse http:// d'un autre ordinateur
cli-send-dhis2-arg-tries = Nombre d'essais
cli-send-dhis2-arg-wait = Secondes avant le deuxième essai ; deux fois plus avant chaque essai suivant
cli-send-dhis2-arg-archive = Dossier de sortie de l'archive
cli-send-dhis2-arg-period = Période des valeurs
cli-send-dhis2-arg-config = Fichier avec les identifiants et classes de ce pays (voir archive summary --print-config)
cli-send-dhis2-arg-yes = Envoie, si le serveur prendrait toutes les valeurs ; sans cela rien n'est envoyé
cli-send-refused = { $slide } : le serveur refuse : { $said }
cli-send-waiting = { $slide } : pas encore accepté, sera renvoyé au prochain envoi : { $said }
cli-send-done = { $server } : { $accepted } acceptés, { $known } déjà là, { $refused } refusés, { $waiting } en attente dans { $outbox }
cli-send-not-signed = non envoyés, car aucun lecteur ne les a signés : { $slides }
cli-send-conflict = le serveur dit : { $said }
cli-send-dry = { $server } prendrait, en valeurs nouvelles : { $imported }, à la place d'autres : { $updated }, laissées : { $ignored }
cli-send-dry-refused = rien n'a été envoyé : le serveur ne prendrait pas toutes les valeurs ; corrigez les identifiants dans la configuration (--config) ou sur le serveur
cli-send-dry-only = rien n'a été envoyé ; avec --yes ce serait fait
cli-send-sent = { $server } a pris, en valeurs nouvelles : { $imported }, à la place d'autres : { $updated }, laissées : { $ignored }
