error-not-found = introuvable ; vérifiez le nom et que le disque ou le partage est connecté
error-permission = accès refusé ; modifiez les droits du fichier ou du dossier, ou choisissez-en un autre
error-disk-full = le disque est plein ; libérez de la place puis relancez, rien d'incomplet n'a été gardé
error-not-a-plain-file = pas un fichier ordinaire (dossier, tube ou périphérique) ; donner un fichier, ou un lien vers un fichier
error-text-size = { $bytes } octets, { $limit } au plus sont acceptés ; est-ce le bon fichier ?
error-text-encoding = la ligne { $line } n'est pas du texte UTF-8 ; ouvrir le fichier dans le programme qui l'a écrit et l'enregistrer en UTF-8
error-io = refus du système (détail : « { $reason } »)
error-prefix = erreur
warning-prefix = attention
between-place-and-text = { " : " }
between-clauses = { " ; " }
error-other-film =
    { $film ->
        [thick] photos données comme goutte épaisse et qui montrent un frottis mince : { $others } sur { $pictures } ; indiquez --film thin
       *[thin] photos données comme frottis mince et qui montrent une goutte épaisse : { $others } sur { $pictures } ; indiquez --film thick
    }
error-other-film-placed =
    { $film ->
        [thick] photos données comme goutte épaisse et qui montrent un frottis mince : { $others } sur { $pictures } ; donnez à leur dossier le nom d'un frottis (« frottis »), supprimez-les si elles s'y trouvent déjà, ou corrigez la préparation dans la liste
       *[thin] photos données comme frottis mince et qui montrent une goutte épaisse : { $others } sur { $pictures } ; donnez à leur dossier le nom d'une goutte épaisse (« ge »), supprimez-les si elles s'y trouvent déjà, ou corrigez la préparation dans la liste
    }
error-kind-unreadable = ce fichier n'est pas lisible (détail : « { $reason } »)
error-kind-limit = une limite est dépassée (détail : « { $reason } »)
error-kind-unsupported = cette forme n'est pas prise en charge (détail : « { $reason } »)
error-kind-model = ce modèle est inutilisable (détail : « { $reason } »)
error-kind-profile = ce profil de règles est inutilisable (détail : « { $reason } »)
error-kind-usage = cette demande ne peut pas être exécutée (détail : « { $reason } »)
error-kind-io = refus du système (détail : « { $reason } »)
error-kind-internal = erreur du programme ; merci de la signaler (détail : « { $reason } »)
error-kind-stopped = arrêté (détail : « { $reason } »)
error-record = ceci n'est pas le résultat complet d'une lame, ou il est endommagé (détail : « { $reason } »)
error-record-version = ce résultat complet est { $found } ; ce programme lit { $read }, mineures comprises : prenez un programme plus récent
error-call-null = { $what } vaut NULL ; donnez ce que demande l'en-tête
error-call-text = { $what } n'est pas en UTF-8 ; convertissez-le
error-call-length = { $what } ne peut pas avoir autant d'octets ; donnez la longueur de ce qu'il désigne
error-call-film = { $number } n'est pas une préparation ici ; donnez HEMOZOIN_FILM_THICK ou HEMOZOIN_FILM_THIN
error-call-no-film = la lame n'a aucune photo de cette préparation ; demandez l'autre
error-call-value = { $what } ne peut pas valoir { $value } ; donnez le bon nombre, ou 0 s'il n'est pas connu
error-call-name = rien de ce qu'on dit d'une lame ne s'appelle « { $what } » ; hemozoin new-slide montre tous les noms
error-call-frame = une photo a une largeur, une hauteur et des lignes qui ne se recouvrent pas et tiennent en mémoire ; corrigez largeur, hauteur et pas
error-call-size = { $what }.size est trop petit ; mettez-y sizeof(HemozoinCounts) avant l'appel
error-stopped = arrêté avant que la lame soit lue entière : il n'y a pas de résultat
error-file-exists = un fichier se trouve déjà ici et n'est pas remplacé ; choisissez un autre nom
error-case-recipient = ce n'est pas une clé publique ; elle commence par age1
error-case-key = il n'y a pas de clé secrète dans ce fichier ; hemozoin case key en fait une
error-case-needs-key = ce fichier est chiffré ; donnez le fichier de votre clé secrète avec --key
error-case-sealed-cut = ce fichier est coupé ou a été modifié en route ; faites-le renvoyer
error-case-other-key = ce fichier a été chiffré pour une autre clé que la vôtre ; envoyez votre clé publique et faites renvoyer le fichier
error-case-cut = ce fichier est coupé ou n'est pas un cas ; le faire renvoyer ({ $reason })
error-case-none = c'est un fichier ZIP, mais pas un cas d'hemozoin ; donner le fichier écrit par hemozoin case export ou answer
error-case-changed = { $entry } n'est pas ce qui a été envoyé : le fichier a changé en chemin ; le faire renvoyer
error-case-version = ce cas est { $found } ; ce programme lit { $read } : prendre un programme plus récent
error-case-reading = cette réponse est abîmée ({ $reason }) ; la faire renvoyer
error-case-is-question = c'est un cas et non une réponse : l'ouvrir avec hemozoin review, puis hemozoin case answer
error-case-is-answer = c'est une réponse : hemozoin case import la reprend là où le cas a été fait
error-case-other-slide = cette réponse concerne une autre lame ({ $slide }) : ses images ne sont pas celles de celle-ci
error-case-other-result = ce qui a été signé n'est pas ce que donnent ici ses décisions ; la lecture a été faite avec la version { $version } d'hemozoin : prendre la même
error-case-other-folder = ce dossier contient le résultat d'un autre cas : donner un autre nom au fichier du cas
error-case-reader = { $reader } a lu cette lame ici, et pas ce qui a été envoyé ; si deux lecteurs ont le même nom, en donner un autre à celui-ci avec --reader
error-case-not-signed = personne n'a signé ce cas : l'ouvrir avec hemozoin review, le lire et signer
error-case-no-picture = on ne sait pas où sont les images de cette lame : le dire avec --pictures
error-case-question = une question a au plus { $limit } caractères, sans caractère de commande
error-case-too-small = le compte rendu seul prend { $kilobytes } ko : permettre davantage avec --max-size
error-exchange-codes = ce fichier de codes ne convient pas : { $reason }
error-labels-several = plusieurs images peuvent être « { $name } » ; donner des noms plus longs aux annotations, ou un seul dossier d'images
error-labels-picture = annotations de « { $name } », et pas d'image de ce nom ; dire où sont les images
error-labels-none = ni data.yaml, ni annotations.json, ni fichier .xml ici ; donner les annotations écrites par un autre programme
error-labels-voc = ce ne sont pas des annotations Pascal VOC ({ $reason })
error-labels-yolo = la ligne { $line } n'est pas une annotation YOLO ({ $reason })
error-labels-size = ces annotations sont d'une image d'une autre taille que celle qui a été analysée
error-labels-other-slide = aucune image de cette lame n'a d'annotations ici
error-case-which-slide = c'est une archive : dire avec --slide laquelle de ses lames
error-case-no-slide = aucune lame { $slide } de cette archive n'a de résultat
error-send-address = { $address } n'est pas l'adresse d'un serveur ; elle ressemble à https://exemple.org/fhir
error-send-unencrypted = chacun en route pourrait lire les résultats envoyés à { $host } ; donnez une adresse qui commence par https://, ou permettez-le avec --unencrypted
error-send-authority = il n'y a pas de certificat dans ce fichier ; il faut du PEM : -----BEGIN CERTIFICATE-----
error-send-authorization = l'autorisation n'est pas une ligne comme : Bearer eyJhbGciOi..., ou Basic dXNlcjpwYXNz
error-send-parcel = ce fichier n'est pas un résultat en attente d'envoi ; déplacez-le et envoyez de nouveau la lame
error-send-no-dhis2 = ce qui répond à { $address } n'est pas un serveur DHIS2 ; vérifiez l'adresse
error-send-refused = le serveur { $address } refuse avec l'état { $status } ; vérifiez l'adresse et l'autorisation
error-send-not-reached = le serveur { $address } n'est pas joignable ({ $reason }) ; envoyez plus tard
error-export-one-archive = les chiffres sont ceux d'une archive : donnez seulement son dossier de sortie
