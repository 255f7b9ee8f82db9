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
