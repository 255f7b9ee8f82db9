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
cli-value-csv-locale = TABLEUR
cli-value-film = PRÉPARATION
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
cli-analyze-arg-marks = Images annotées à écrire : found (par défaut) = champs avec parasites, les plus riches d'abord, et champs écartés, 20 au plus, ou 3 champs comptés s'il n'y a aucun parasite ; all = toutes ; none = aucune
cli-analyze-arg-csv-locale = Séparateurs des tableaux : en = virgule et point décimal ; fr = point-virgule et virgule décimale, comme le veut un tableur français (par défaut : selon --lang)
cli-analyze-elsewhere = choisissez un autre dossier avec --out DOSSIER, ou affichez seulement le résultat avec --no-files
cli-analyze-written = Écrit dans { $dir } (images annotées : { $marked })
cli-progress-scale = estimation de l'échelle
cli-progress-reading = lecture de { $files } { $files_are ->
    [one] image
   *[other] images
    }
cli-progress-thick = leucocytes { $cells }, parasites { $found }
cli-progress-thin = hématies { $cells }, parasitées { $found }
cli-arg-film = Type de lame de toutes les photographies ; passe avant les noms de dossiers et slide.toml
cli-arg-um-per-px = Échelle des photographies en µm par pixel (par défaut : d'après les fichiers ou les cellules)
cli-arg-wbc-per-ul = Leucocytes/µL mesurés chez le patient (par défaut : les 8 000 du profil)
cli-arg-rbc-per-ul = Hématies/µL mesurées chez le patient (par défaut : les 5 000 000 du profil)
cli-arg-profile = Profil de règles
cli-arg-profile-file = Fichier TOML avec vos propres valeurs, appliquées par-dessus le profil
cli-arg-model = Dossier d'un modèle à employer à la place du modèle intégré pour sa lame ; peut être répété
error-film-not-stated = goutte épaisse ou frottis mince ? Dites-le de l'une des trois façons : --film thick (ou thin) ; un fichier slide.toml à côté des images avec film = "thick" ; ou des sous-dossiers nommés goutte-epaisse et frottis (ge, fm, thick, thin)
error-no-thick-film = la goutte épaisse est demandée, mais le dossier ne contient que le frottis
error-no-thin-film = le frottis mince est demandé, mais le dossier ne contient que la goutte épaisse
error-film-holds-slides = cela semble être une lame à part, non l'une des deux lames du patient autour ; analysez le dossier d'une seule lame, ou toutes avec hemozoin archive run
error-sheet = slide.toml est inutilisable : ligne { $line }, colonne { $column }, ce n'est pas du TOML : « { $shown } » ; écrivez nom = "texte" ou nom = nombre, une valeur par ligne (détail : « { $reason } »)
error-sheet-film = slide.toml est inutilisable : ligne { $line } : { $shown } ; écrivez film = "thick" (goutte épaisse) ou film = "thin" (frottis mince)
error-sheet-key = slide.toml est inutilisable : ligne { $line } : la clé { $name } n'existe pas ; les clés sont { $known }
error-sheet-number = slide.toml est inutilisable : ligne { $line } : { $shown } ; écrivez un nombre de { $low } à { $high }, sans guillemets
error-sheet-size = slide.toml compte { $bytes } octets, { $limit } au plus sont acceptés : ce n'est pas la fiche d'une lame
error-sheet-text = slide.toml est inutilisable : ligne { $line } : { $shown } ; écrivez un texte entre guillemets
error-sheet-date = slide.toml ligne { $line } : blood_taken = "{ $value }" n'est pas une date ; écrivez 2026-11-21 ou 2026-11-21T08:30
error-sheet-haematocrit = slide.toml ligne { $line } : la norme ne donne aucune règle de l'hématocrite au nombre d'hématies par µL (THN-2) ; donner rbc_per_ul tel que mesuré, ou ne rien donner
error-sheet-encoding = slide.toml n'est pas du texte UTF-8 ; enregistrez-le en UTF-8
error-sheet-contradicts = les dossiers de cette lame ne s'accordent pas sur { $name } ; écrivez la même valeur dans le slide.toml de chacun
error-sheet-of-another = le slide.toml à côté des images est celui de la lame { $number }, mais la liste les donne à { $slide } ; écrivez le même numéro dans les deux, ou donnez un dossier à chaque lame
error-um-per-px = { $value } µm par pixel est impossible ; donnez { $low } à { $high }
error-not-one-line = { $column } contient un saut de ligne ou un caractère de contrôle ; l'écrire en une seule ligne de texte
error-file-in-place-of-folder = un fichier se trouve ici, là où un dossier doit être créé pour les résultats ; choisissez un autre dossier, ou déplacez le fichier
error-grade-too-many = ces comptes donnent { $density } parasites/µL, plus que les { $rbc } hématies/µL qui pourraient les contenir ; vérifiez les parasites, les leucocytes et les leucocytes par µL
table-columns-unused = colonnes non utilisées : { $columns } ; les colonnes portent les noms des options (voir --help), avec _ au lieu de -
error-table-empty = aucune ligne sous l'en-tête ; en écrire une par cas
