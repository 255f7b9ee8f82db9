cli-about = Lit les lames de paludisme : des photographies à un résultat selon les normes
cli-after =
    Codes de sortie : 0 tout est fait ; 1 des entrées ont échoué ou sont inexploitables, chacune est nommée ;
    2 mauvais usage ou mauvaise installation ; 3 arrêté, peut être repris. Un résultat clinique n'y change rien.
cli-heading-usage = Utilisation :
cli-heading-commands = Commandes
cli-heading-options = Options
cli-heading-arguments = Arguments
cli-value-command = COMMANDE
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
cli-models-about = Liste les modèles de cette version : lame, licence et empreinte
cli-models-arg-card = Affiche la fiche de ce modèle : données, chiffres, échecs connus
cli-models-arg-dirs = Dossiers d'autres modèles, à vérifier et à lister aussi
cli-models-unknown = le modèle { $name } n'est pas dans cette version ; on y trouve : { $known }
film-thick = goutte épaisse
film-thin = frottis mince
