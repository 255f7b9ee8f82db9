error-not-found = introuvable ({ $reason }) ; vérifiez le nom et que le disque ou le partage est connecté
error-permission = accès refusé ({ $reason }) ; modifiez les droits du fichier ou du dossier, ou choisissez-en un autre
error-disk-full = le disque est plein ({ $reason }) ; libérez de la place puis relancez, rien d'incomplet n'a été gardé
error-io = refus du système ({ $reason })
error-prefix = erreur
warning-prefix = attention
