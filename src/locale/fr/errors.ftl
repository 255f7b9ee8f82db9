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
        [thick] photos données comme goutte épaisse et qui montrent un frottis mince : { $others } sur { $pictures } ; indiquez --film thin, ou rangez-les dans le dossier du frottis
       *[thin] photos données comme frottis mince et qui montrent une goutte épaisse : { $others } sur { $pictures } ; indiquez --film thick, ou rangez-les dans le dossier de la goutte épaisse
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
error-stopped = arrêté avant que la lame soit lue entière : il n'y a pas de résultat
