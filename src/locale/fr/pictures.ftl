quality-too-small = trop petite
quality-too-small-remedy = employer la pleine résolution de l'appareil, pas un aperçu
quality-low-resolution = trop peu de détail par µm
quality-low-resolution-remedy = employer l'objectif 100x à immersion et la pleine résolution de l'appareil
quality-too-dark = trop sombre
quality-too-dark-remedy = augmenter la lumière ou ouvrir le diaphragme, puis reprendre la photo
quality-too-bright = trop claire
quality-too-bright-remedy = baisser la lumière, puis reprendre la photo
quality-empty = vide
quality-empty-remedy = aller vers une zone avec des cellules, puis reprendre la photo
quality-out-of-focus = floue
quality-out-of-focus-remedy = refaire la mise au point, puis reprendre la photo
quality-poor-stain = mal colorée
quality-poor-stain-remedy = vérifier le colorant et son pH, recolorer ou refaire la lame
quality-crowded = cellules superposées
quality-crowded-remedy = aller vers la frange mince du frottis, puis reprendre la photo
quality-no-cells = sans hématie
quality-no-cells-remedy = aller vers une zone du frottis aux cellules bien séparées, puis reprendre la photo
quality-other = un motif que connaît un programme plus récent
quality-other-remedy = ouvrir le résultat complet avec le programme qui l'a écrit
quality-no-film = ni frottis ni goutte épaisse
quality-no-film-remedy = une page, une étiquette, une table ou le bruit de l'appareil ; photographier le champ par l'oculaire
quality-screen = photo d'un écran ou d'un imprimé
quality-screen-remedy = employer le fichier d'origine de l'appareil, ou photographier le champ par l'oculaire
quality-several-pictures = plusieurs images en une
quality-several-pictures-remedy = donner chaque champ comme une photo à part, ni planche-contact, ni montage, ni capture d'écran
quality-compressed = trop compressée
quality-compressed-remedy = employer le fichier d'origine de l'appareil, non une photo passée par une messagerie ou enregistrée à basse qualité
quality-drawn-over = trop de choses y sont dessinées, ou ses couleurs sont celles d'une encre
quality-drawn-over-remedy = employer la photo telle que l'appareil l'a faite, sans écriture, incrustation ni filtre
quality-other-film = montre l'autre préparation que celle annoncée
quality-other-film-remedy = la ranger avec les photos de sa préparation ; si ni dossier ni liste ne la nomment, l'annoncer par --film
quality-no-stain-colour = couleurs de la coloration perdues
quality-no-stain-colour-remedy = employer la photo en couleurs de l'appareil, sans filtre, ni noir et blanc, ni couleurs réduites ; une page ou une étiquette n'est pas une préparation
quality-scale-contradicted = échelle indiquée contredite par les cellules
quality-scale-contradicted-remedy = indiquée : { $limit } µm par pixel, d'après les cellules environ { $measured } ; la remesurer au micromètre objet avec l'objectif employé, ou ne pas l'indiquer : les cellules la donneront

note-in-both-films = le même fichier figure parmi les photos des deux préparations
note-first-frame-only = animation, seule la première image est lue
note-deeper-than-eight-bits = plus de 8 bits par couleur, lue avec 8
note-grey = image grise, les couleurs de la coloration manquent
note-alpha-over-white = parties transparentes posées sur du blanc
note-range-stretched = valeurs qui n'emploient pas toute leur étendue (ou nombres jusqu'à 255), étirées à toute l'étendue
note-few-colours = couleurs réduites à une palette, des nuances de la coloration peuvent manquer
note-transparent-left-out = les parties transparentes sont hors du champ
note-opacity-ignored = la même opacité partout, laissée de côté
note-channels-joined = trois pages grises réunies en une image en couleur
note-sharpest-plane = de plusieurs plans de mise au point, le plus net est lu
note-middle-plane = de plusieurs plans de mise au point, celui du milieu est lu
note-pages-left-out = d'autres pages du fichier ne sont pas des champs (copies réduites, étiquettes, vues d'ensemble)
note-turned = redressée comme l'appareil l'indique
note-streamed = grande image, lue par parties

passed-over-hidden = fichier caché
passed-over-foreign = pas une image
passed-over-folder = dossier
passed-over-not-readable = lecture non permise
passed-over-film-not-stated = goutte épaisse ou frottis mince, rien ne le dit ; mettez-la dans le dossier de son type de lame
passed-over-empty-film = aucune image lisible dans ce dossier (JPEG, PNG, TIFF, BMP ou WebP) ; le résultat est celui de l'autre lame seule

unread-unreadable = abîmée, vide ou pas une image ; la copier à nouveau depuis l'appareil ou la reprendre
unread-limit = au-delà des limites ; l'enregistrer plus petite ou en TIFF tuilé
unread-unsupported = forme non prise en charge ; l'enregistrer en JPEG, PNG ou TIFF RVB 8 bits
unread-io = le système n'en a pas permis la lecture ; vérifier les droits du fichier et le disque
unread-internal = le programme a échoué sur elle ; merci de le signaler

error-picture-corrupt = image abîmée ; la copier à nouveau depuis l'appareil ou la reprendre (détail : « { $reason } »)
error-picture-truncated = le fichier finit avant l'image (copie ou transfert interrompu) ; la copier à nouveau depuis l'appareil
error-picture-changed = l'image a changé pendant la lecture de la lame ; relire la lame
error-picture-overwritten = une partie de l'image a été perdue ou écrasée (carte, clé ou copie défaillante) ; la copier à nouveau depuis l'appareil ou la reprendre
error-picture-empty = fichier vide (0 octet) ; le copier à nouveau depuis l'appareil
error-not-a-picture = ce n'est pas une image, quel que soit son nom ; attendu : JPEG, PNG, TIFF, BMP ou WebP
error-picture-unsupported = { $what } : forme non prise en charge ; enregistrer l'image en JPEG, PNG ou TIFF RVB 8 bits
error-jpeg-form = JPEG d'un genre qui n'est pas lu ({ $form ->
    [arithmetic] codage arithmétique
    [lossless] codage sans perte
    [hierarchical] codage hiérarchique
    [deep] pas 8 bits par couleur
   *[other] { $form }
    }) ; il n'est pas abîmé : enregistrer l'image en JPEG ordinaire ou en PNG
error-camera-raw = fichier brut d'appareil photo ({ $kind }), qui n'est pas lu ; il n'est pas abîmé : enregistrer l'image en JPEG ou PNG
error-tiff-program = fichier de { $program }, qui n'est pas lu ; enregistrer chaque champ depuis ce programme en JPEG, PNG ou TIFF
error-tiff-planes-behind = pile de { $program }, une seule page pour toutes ses images, qui n'est pas lue (nombre d'images : { $planes }) ; enregistrer chaque champ comme une image à part
error-tiff-does-not-fit = sa description ({ $program }) parle de { $planes } pages, mais il y en a { $pages } : on ne sait pas lesquelles sont des champs ; enregistrer chaque champ comme une image à part
error-tiff-description = sa description ({ $program }) est illisible : on ne sait pas quelles pages sont des champs ; enregistrer chaque champ comme une image à part
error-tiff-channels = canaux de { $program } qui ne font pas une image aux couleurs de la coloration (nombre : { $channels }) ; enregistrer chaque champ en image RVB
error-picture-form = forme d'image non prise en charge ; l'enregistrer en JPEG, PNG ou TIFF RVB 8 bits (détail : « { $reason } »)
error-no-such-page = page { $page } demandée ; pages dans le fichier : { $pages }
error-no-pictures = aucune image ici ({ $others } { $others_are ->
    [one] autre fichier
   *[other] autres fichiers
    }, { $folders } { $folders_are ->
    [one] sous-dossier
   *[other] sous-dossiers
    }) ; attendu : des fichiers JPEG, PNG, TIFF, BMP ou WebP directement dans ce dossier
error-not-a-folder = c'est un fichier ; un dossier d'images était attendu
error-limit-chunk = une bande, une tuile ou une table du fichier est trop grande ; l'enregistrer en TIFF tuilé (détail : « { $reason } »)
error-limit-bytes = { $value } octets, plus que la limite de { $limit } ; le diviser ou l'enregistrer en TIFF tuilé
error-limit-pixels = { $value } pixels, plus que la limite de { $limit } ; l'enregistrer plus petite ou en TIFF tuilé
error-limit-pages = { $value } pages, plus que la limite de { $limit } ; diviser le fichier
error-limit-entries = trop de fichiers dans un dossier : { $value }, la limite est { $limit } ; donner le dossier d'une seule lame
error-limit-side = { $value } pixels de côté, plus que la limite de { $limit } ; la découper
error-limit-scale = à { $um } µm par pixel, l'image serait examinée avec { $times } fois ses pixels, plus que { $limit } ; vérifier l'échelle (--um-per-px, ou celle du fichier)
