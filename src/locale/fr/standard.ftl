# Ce que dit un résultat (référentiel falciparum, section 9). Les nombres arrivent mis en forme.
subject-unknown = parasites du paludisme
subject-falciparum = P. falciparum
subject-vivax = P. vivax
subject-malariae = P. malariae
subject-ovale = P. ovale
subject-knowlesi = P. knowlesi
basis-default = par défaut
basis-measured = mesurés
count-fields = { $fields } { $fields_are ->
    [one] champ
   *[other] champs
    }
count-thick-fields = { $fields } { $fields_are ->
    [one] champ de goutte épaisse
   *[other] champs de goutte épaisse
    }
count-need-fields = { $need_fields } { $need_fields_are ->
    [one] champ
   *[other] champs
    }
count-parasites = { $parasites } { $parasites_are ->
    [one] parasite
   *[other] parasites
    }
count-wbc = { $wbc } { $wbc_are ->
    [one] leucocyte
   *[other] leucocytes
    }
count-need-wbc = { $need_wbc } { $need_wbc_are ->
    [one] leucocyte
   *[other] leucocytes
    }
count-rbc = { $rbc } { $rbc_are ->
    [one] hématie
   *[other] hématies
    }
count-need-rbc = { $need_rbc } { $need_rbc_are ->
    [one] hématie
   *[other] hématies
    }
count-infected = { $infected } { $infected_are ->
    [one] hématie parasitée
   *[other] hématies parasitées
    }
count-density = { $density } { $density_are ->
    [one] parasite asexué/µL
   *[other] parasites asexués/µL
    }
count-slides = { $slides } { $slides_are ->
    [one] lame
   *[other] lames
    }
count-suspects = { $suspects } { $suspects_are ->
    [one] élément suspect
   *[other] éléments suspects
    }

state-positive-thick = Présence : { $subject }. Densité parasitaire : { count-density } (IC { $level } % { $low }–{ $high }), { count-parasites } pour { count-wbc }, { $wbc_per_ul } leucocytes/µL ({ $basis })
state-no-parasites-seen-thick = Absence de parasites du paludisme à l'examen de { count-thick-fields } ({ $volume } µL de sang). N'exclut pas le paludisme ; à renouveler en cas de suspicion
state-no-parasites-seen-totals-thick = Absence de parasites du paludisme à l'examen de la goutte épaisse : { count-wbc } ({ $volume } µL de sang). N'exclut pas le paludisme ; à renouveler en cas de suspicion
state-insufficient-fields-thick = Pas de parasite vu à ce stade ; examen incomplet : encore { count-need-fields }, { count-need-wbc }
state-insufficient-fields-alone-thick = Pas de parasite vu à ce stade ; examen incomplet : encore { count-need-fields }
state-insufficient-fields-wbc-thick = Pas de parasite vu à ce stade ; examen incomplet : encore { count-need-wbc }
state-provisional-count-thick = Présence : { $subject } ; densité provisoire { $density }/µL (IC { $level } % { $low }–{ $high }), { count-parasites } pour { count-wbc } ; compter encore { count-need-wbc }
state-provisional-count-fields-thick = Présence : { $subject } ; densité provisoire { $density }/µL (IC { $level } % { $low }–{ $high }), { count-parasites } pour { count-wbc } ; compter encore { count-need-fields }
state-gametocytes-only-thick = Gamétocytes présents, absence de formes asexuées à l'examen de { count-fields }
state-gametocytes-only-totals-thick = Gamétocytes présents, absence de formes asexuées pour { count-wbc }
state-gametocytes-only-thin = Gamétocytes présents, absence de formes asexuées dans { count-rbc }
state-review-required-thick = Éléments suspects dans des champs rejetés : relecture nécessaire
state-review-required-thin = Éléments suspects dans des champs rejetés : relecture nécessaire
state-not-calculable-thick = Parasites présents ; densité non calculable (aucun leucocyte compté)
state-not-calculable-thin = Parasites présents ; parasitémie non calculable (aucune hématie comptée)
state-not-calculable-nothing-thin = Aucune hématie comptée ; ce frottis mince ne permet aucune conclusion
state-not-readable-thick = Lame non lisible : à refaire
state-positive-thin = Présence : { $subject }. Parasitémie { $percent } % (IC { $level } % { $low }–{ $high } %), { count-infected } sur { $rbc } ; { $density }/µL pour { $rbc_per_ul } hématies/µL ({ $basis })
state-short-count-thin = Présence : { $subject }. Parasitémie { $percent } % (IC { $level } % { $low }–{ $high } %) sur { count-rbc } ; compter encore { count-need-rbc }
state-too-few-rbc-thin = Parasites présents ; trop peu d'hématies pour une parasitémie ({ count-infected } sur { $rbc } ; compter encore { count-need-rbc })
state-no-parasite-in-examined-rbc-thin = Absence de parasites à l'examen de { count-rbc } (limite supérieure { $high } %) ; le frottis mince seul ne permet pas de conclure
state-suspects-to-review-thick = { count-suspects } dans { count-fields }, pour { count-wbc } : à contrôler par un lecteur
state-suspects-to-review-thin = { count-suspects } dans { count-fields }, pour { count-rbc } : à contrôler par un lecteur
state-parasites-likely-thick = { count-suspects } dans { count-fields }, pour { count-wbc }, plus que le bruit de fond mesuré dans ce laboratoire : à contrôler par un lecteur
state-parasites-likely-thin = { count-suspects } dans { count-fields }, pour { count-rbc }, plus que le bruit de fond mesuré dans ce laboratoire : à contrôler par un lecteur
state-no-suspect-found-thick = Aucun élément suspect dans { count-fields } ({ $volume } µL de sang) : à confirmer par un lecteur
state-no-suspect-found-thin = Aucun élément suspect dans { count-rbc } (limite supérieure { $high } %) : à confirmer par un lecteur ; le frottis mince seul ne permet pas de conclure
state-review-incomplete-thick = Contrôle incomplet : { count-suspects }, dont contrôlés { $judged }, confirmés { $confirmed }
state-review-incomplete-thin = Contrôle incomplet : { count-suspects }, dont contrôlés { $judged }, confirmés { $confirmed }
state-review-incomplete-positive-thick = Parasites présents ; contrôle incomplet : { count-suspects }, dont contrôlés { $judged }, confirmés { $confirmed }
state-review-incomplete-positive-thin = Parasites présents ; contrôle incomplet : { count-suspects }, dont contrôlés { $judged }, confirmés { $confirmed }
state-review-incomplete-fields-thick = Aucun parasite parmi les éléments suspects ; les champs eux-mêmes restent à regarder
state-review-incomplete-fields-thin = Aucun parasite parmi les éléments suspects ; les champs eux-mêmes restent à regarder

outcome-gametocytes = Gamétocytes : { $count } ({ $density }/µL)
outcome-gametocytes-alone = Gamétocytes : { $count }
outcome-gametocyte-cells = Hématies contenant un gamétocyte : { $count }
outcome-species = { $subject } : { count-density }
outcome-upper-limit = Limite supérieure en l'absence de parasite vu : { $high }/µL ; une densité de { $detected }/µL aurait été rencontrée avec une probabilité de 95 %
outcome-whole-series = Sur l'ensemble des champs valides ({ $fields }) : { $density }/µL (pour information ; ce n'est pas la valeur rendue)
outcome-caveat = L'intervalle ne couvre que l'erreur de comptage ; un nombre supposé de leucocytes ou d'hématies y ajoute une erreur systématique qui peut la dépasser
outcome-profile = Règles : { $name }, version { $version }, empreinte { $digest }
outcome-alert-severe = URGENT : parasitémie au-dessus du seuil d'hyperparasitémie ; prévenir le clinicien sans attendre
outcome-alert-severe-percent = URGENT : parasitémie d'au moins { $percent } %, au-dessus du seuil d'hyperparasitémie ({ $limit } %) ; prévenir le clinicien sans attendre
outcome-alert-severe-density = URGENT : densité parasitaire d'au moins { $density }/µL ; prévenir le clinicien sans attendre
outcome-alert-urgent-review = URGENT, À LIRE TOUT DE SUITE : les éléments suspects, s'ils sont confirmés, dépassent le seuil d'hyperparasitémie
outcome-alert-urgent-review-percent = URGENT, À LIRE TOUT DE SUITE : si les éléments suspects sont confirmés, au moins { $percent } % des hématies sont parasitées (seuil d'hyperparasitémie { $limit } %)
outcome-alert-urgent-review-density = URGENT, À LIRE TOUT DE SUITE : si les éléments suspects sont confirmés, la densité est d'au moins { $density }/µL
outcome-at-least = Densité d'après les seuls parasites confirmés : au moins { $density }/µL
outcome-if-confirmed-thick = Si tous sont confirmés : { count-density } (IC { $level } % { $low }–{ $high })
outcome-if-confirmed-thin = Si tous sont confirmés : parasitémie { $percent } % (IC { $level } % { $low }–{ $high } %), soit { $density }/µL
outcome-if-confirmed-few = Si tous sont confirmés : { count-infected } sur { $rbc }, trop peu d'hématies pour une parasitémie
outcome-if-confirmed-gametocytes = Si tous sont confirmés : gamétocytes { $gametocytes }, aucune forme asexuée
outcome-if-confirmed-also = Et de même, si tous sont confirmés : { $said }
outcome-if-confirmed-none = Si tous sont confirmés : densité non calculable
outcome-plus = Croix : { $grade }
outcome-plus-insufficient-fields = Croix : trop peu de champs
outcome-trape = Classe de Trape : { $class }
outcome-trape-insufficient-fields = Classe de Trape : trop peu de champs
outcome-trape-not-calculable = Classe de Trape : aucun leucocyte compté
outcome-floor-exceeds = Bruit de fond mesuré dans ce laboratoire ({ count-slides }) : en attendre { $expected } ; marqués ici : { $count }, nettement plus (p { $p })
outcome-floor-within = Bruit de fond mesuré dans ce laboratoire ({ count-slides }) : en attendre { $expected } ; marqués ici : { $count } ; nettement plus à partir de { $smallest } (p { $p })
outcome-severity-thin = Parasitémie { $percent } %
outcome-severity-thin-provisional = Parasitémie { $percent } % (comptage provisoire)
outcome-severity-thick-measured-rbc = Parasitémie { $percent } % d'après la goutte épaisse et les hématies mesurées
outcome-severity-thick-assumed-rbc = La parasitémie serait de { $percent } % si le patient avait { $rbc_per_ul } hématies/µL
severity-limit = { $limit } % ({ $authorities })
severity-limit-crossed-exclusive = supérieure à { $limits }
severity-limit-crossed-inclusive = supérieure ou égale à { $limits }
severity-limit-crossed-exclusive-open = supérieure à { $limits }, mais l'intervalle n'exclut pas le contraire
severity-limit-crossed-inclusive-open = supérieure ou égale à { $limits }, mais l'intervalle n'exclut pas le contraire
severity-limit-indeterminate = le comptage ne dit pas encore si elle dépasse { $limits }
severity-knowlesi = P. knowlesi au-dessus de { $limit }/µL
authority-who = OMS
authority-cdc = CDC, États-Unis
authority-uk = Royaume-Uni
authority-france = France
authority-own = ce laboratoire

flag-checkpoint-unknown = Totaux seuls : on ne sait pas si le premier seuil de leucocytes a été atteint à temps
flag-checkpoint-missed = Le nombre de parasites demandé n'a été atteint qu'après le premier seuil de leucocytes ; le comptage doit continuer
flag-parasite-limit-stop = Comptage arrêté à la limite de parasites
flag-late-positive = Premier parasite tardif : tous les champs ont été comptés
flag-recommend-thin = Parasites très nombreux : le frottis mince donne un meilleur comptage
flag-low-wbc-per-field = Peu de leucocytes par champ : petit cadre, goutte trop fine ou mal colorée, ou leucopénie
flag-rejected-candidates = Éléments suspects dans des champs rejetés ; ils n'ont pas été comptés
flag-asexual-search-incomplete = La recherche de formes asexuées n'est pas terminée
flag-fields-unknown = Le nombre de champs examinés n'a pas été donné
flag-other = Une remarque d'un programme plus récent ({ $code })
flag-short-count = Moins d'hématies que la règle n'en demande
flag-straddles = L'intervalle contient { $limit } % : indéterminé à ce stade du comptage
flag-read-by-sample = Contrôlé par un échantillon tiré au hasard des éléments suspects ; le reste n'a pas été regardé

advice-tell-clinician-now = Prévenir le clinicien sans attendre
advice-other = Un programme plus récent conseille ici quelque chose que celui-ci ne connaît pas ({ $code }) ; ouvrir le résultat complet avec lui
advice-read-now = Lire cette lame tout de suite, avant les autres
advice-judge-suspects = Contrôler { count-suspects } : hemozoin review
advice-look-at-fields = Regarder les champs eux-mêmes avant de conclure : hemozoin review
advice-read-by-person = Faire relire les éléments suspects par une personne
advice-examine-more = Examiner encore { count-fields } et { count-wbc }
advice-examine-more-fields = Examiner encore { count-fields }
advice-examine-more-wbc = Examiner encore { count-wbc }
advice-count-more-wbc = Compter encore { count-wbc }, avec les parasites des mêmes champs
advice-count-more-wbc-fields = Compter encore { count-wbc }, avec les parasites des mêmes champs (environ { count-fields })
advice-count-more-fields = Compter encore { count-fields }
advice-count-more-rbc = Compter encore { count-rbc }
advice-count-wbc = Compter les leucocytes des mêmes champs
advice-count-rbc = Compter les hématies des mêmes champs
advice-give-fields = Indiquer le nombre de champs examinés
advice-repeat-film = Refaire la lame et la lire
advice-read-thin-film = Lire le frottis mince
advice-read-thick-film = Lire une goutte épaisse : un frottis mince seul n'exclut pas le paludisme
advice-repeat-if-suspected = Si la suspicion persiste, renouveler les lames après 12 à 24 heures, { $films } fois en tout
advice-search-second-species = Examiner { count-fields } de plus à la recherche d'une seconde espèce
advice-measure-wbc = Mesurer les leucocytes du patient
advice-measure-rbc = Mesurer les hématies du patient, ou lire le frottis mince, avant d'utiliser un pourcentage

final-rule-mean-of-two = moyenne des deux lectures
final-rule-third-reading-needed = une troisième lecture est nécessaire
final-rule-mean-of-two-closest = moyenne des deux lectures les plus proches
final-rule-mean-of-three = moyenne des trois lectures
final-rule-negative-by-majority = absence de parasites, à la majorité
final-rule-mean-of-two-positive = moyenne des deux lectures positives
readers-difference = Écart : { $percent } % de la moyenne { $mean }/µL ; règle { $rule }
readers-presence-discordant = Présence discordante
readers-species-discordant = Espèces discordantes
readers-final = Densité finale : { $density }/µL ({ $rule })
readers-none = Pas de densité finale : { $rule }

competence-detection = Détection : { $hits } sur { $of }, { $percent } % ({ $low }–{ $high } %), niveau { $level }
competence-species = Espèces : { $hits } sur { $of }, { $percent } % ({ $low }–{ $high } %), niveau { $level }
competence-count = Comptages dans la tolérance : { $hits } sur { $of }, { $percent } % ({ $low }–{ $high } %), niveau { $level }
competence-false-positive = Faux positifs : { $hits } sur { $of }, { $percent } % ({ $low }–{ $high } %)
competence-false-negative = Faux négatifs : { $hits } sur { $of }, { $percent } % ({ $low }–{ $high } %)
competence-overall = Niveau global : { $level }

response-class-ETF = échec thérapeutique précoce
response-class-LCF = échec clinique tardif
response-class-LPF = échec parasitologique tardif
response-class-ACPR = réponse clinique et parasitologique adéquate
response-class-Unclassified = non classé
response-reason-early-danger = signes de danger avec parasites de J1 à J3
response-reason-day2-above-day0 = densité à J2 supérieure à J0
response-reason-day3-fever = parasites à J3 avec fièvre
response-reason-day3-fraction = trop de parasites restants à J3
response-reason-late-danger = signes de danger avec parasites à partir de J4
response-reason-late-fever = fièvre avec parasites à partir de J4
response-reason-late-parasitaemia = parasites sans fièvre à partir de J7
response-reason-clear-on-last-day = pas de parasite le dernier jour
response-reason-lost = pas de visite le dernier jour
response-sentence = { $code }, { $class } : { $reason } (J{ $day })
response-sentence-lost = { $code }, { $class } : { $reason }

error-profile-reserved = le profil { $name } n'a pas encore de nombres ; il manque : { $missing }. Demandez au laboratoire, puis écrivez ses nombres dans un fichier de profil
error-profile-unknown = il n'y a pas de profil { $name } ; profils connus : { $known }
error-profile-unknown-key = { profile-place } n'est pas une clé de profil
error-profile-type = { profile-place } n'accepte pas cette valeur ; la valeur d'origine est { $before } (détail : « { $reason } »)
error-profile-section = { profile-place } doit être une section
error-profile-name = { profile-place } doit être un mot de 1 à 100 octets
error-profile-version = { profile-place } doit être un nombre entier à partir de 0
error-profile-head = { profile-place } contient name et version, et non { $key }
error-profile-syntax = ligne { $line }, colonne { $column } : ce n'est pas du TOML (détail : « { $reason } »)
profile-place = { $line ->
    [none] { $place }
   *[other] ligne { $line } : { $place }
    }
error-profile-within = { profile-place } doit être compris entre { $low } et { $high }
error-profile-at-most = { profile-place } ne doit pas dépasser { $high }
error-profile-above-zero = { profile-place } doit être supérieur à 0 et ne pas dépasser { $high }
error-profile-extend = { profile-place } doit être 0, ou supérieur à thick.checkpoint_wbc sans dépasser { $high }
error-profile-some-blood = { profile-place } ne doit pas être 0 quand min_volume_ul et min_wbc le sont aussi : il faut examiner du sang
error-profile-rising = { profile-place } doit croître de classe en classe
error-profile-falling = { profile-place } doit décroître de niveau en niveau, entre 0 et 100
error-profile-short-list = { profile-place } doit contenir au plus 16 valeurs, chacune supérieure à 0 sans dépasser 100
error-profile-languages = { profile-place } doit nommer fr, en ou les deux
error-profile-unfit = { profile-place } ne forme pas un profil avec le reste (détail : « { $reason } »)
error-profile-outside = { profile-place } est une valeur hors de toute section
error-wbc-per-ul = { $value } { $value_are ->
    [one] leucocyte
   *[other] leucocytes
    } par µL : impossible ; donnez de { $low } à { $high }
error-rbc-per-ul = { $value } { $value_are ->
    [one] hématie
   *[other] hématies
    } par µL : impossible ; donnez de { $low } à { $high }
error-zero-fields = des parasites ou des cellules ont été comptés dans 0 champ : donnez le nombre de champs examinés, ou ne le donnez pas
error-species-exceed = { $named } { $named_are ->
    [one] parasite est attribué
   *[other] parasites sont attribués
    } à une espèce, mais seulement { $asexual } { $asexual_are ->
    [one] parasite asexué a été compté
   *[other] parasites asexués ont été comptés
    }
error-thin-parasites = { count-infected } { $infected_are ->
    [one] ne peut
   *[other] ne peuvent
    } contenir seulement { count-parasites }
error-thin-exceed = les hématies parasitées ou à gamétocyte ({ $infected }) dépassent les hématies comptées ({ $counted }), qui les comprennent
error-fields-block = { $block } n'est pas un bloc de champs ; écrivez NxP:W, NxP:W:G ou Nx!P:W
error-fields-limit = trop de champs pour une lame : la limite est { $limit }
error-visit = { $text } n'est pas une visite ; écrivez jour:densité:température:danger, par exemple 3:0:36,5:0
error-day0 = aucun parasite asexué à J0 : il n'y a pas de réponse à classer
error-follow-up = le suivi est trop court ; donnez 28 ou 42 jours
error-visit-day0 = J0 figure parmi les visites ; donnez-le comme densité de J0
error-visit-twice = deux visites tombent le même jour ; n'en laissez qu'une
error-visit-temperature = température impossible ; donnez de 25 à 45 °C
error-floor-rates = un bruit de fond demande au moins une lame et une cellule, une moyenne et une dispersion à partir de 0
error-floor-few = { count-slides } ne { $slides_are ->
    [one] suffit
   *[other] suffisent
    } pas pour mesurer le bruit de fond : donnez-en au moins { $wanted }, connues sans parasite
error-floor-cells = la lame { $slide } n'a aucune cellule comptée et ne peut mesurer le bruit de fond : retirez-la
error-judged = éléments contrôlés : { $judged }, confirmés : { $confirmed }, en tout : { $suspects } ; impossible
error-on-line = ligne { $line } : { $reason }
error-grade-column = la colonne { $column } manque
error-grade-number = { $column } vaut { $value }, qui n'est pas un nombre entier à partir de 0
error-grade-flags = ces comptages ne vont pas ensemble : pour une goutte épaisse, donnez --fields avec des blocs, ou --parasites et --wbc-counted ; pour un frottis mince, --infected-rbc et --rbc-counted
error-grade-half = --{ $given } est donné sans --{ $missing } : il faut les deux pour calculer le résultat d'une lame ; donnez les deux, ou aucun
error-grade-other-film = --{ $given } appartient à l'autre type de lame : retirez-le, ou ne nommez aucun type de lame pour obtenir le résultat des deux
error-grade-blocks = les blocs de champs contiennent déjà les parasites, les leucocytes et les gamétocytes (NxP:W:G) : retirez --{ $given }
error-competence-empty = le panel ne contient aucune lame : donnez-en une par ligne sous l'en-tête
error-not-a-number = « { $value } » n'est pas un nombre
error-not-a-species = « { $value } » n'est pas une espèce ; les espèces connues sont { $known }
error-table = la ligne { $line } n'est pas du CSV (détail : « { $reason } »)
error-table-length = la ligne { $line } a { $found } cellules, l'en-tête { $wanted } : écrivez une cellule par colonne
error-table-encoding = la ligne { $line } n'est du texte ni UTF-8 ni Windows-1252 : enregistrez le tableau en CSV UTF-8
error-table-number = { $column } vaut { $value }, qui n'est pas un nombre

cli-grade-about = Rend un résultat à partir de comptages faits par une personne ou un autre programme
cli-grade-arg-film = Type de lame compté (thick : goutte épaisse, thin : frottis mince)
cli-grade-arg-parasites = Parasites asexués comptés (goutte épaisse)
cli-grade-arg-wbc-counted = Leucocytes comptés dans les mêmes champs (goutte épaisse)
cli-grade-arg-fields = Champs valides examinés (goutte épaisse) : un nombre, ou les champs dans l'ordre en blocs NxP:W[:G] (Nx!P:W pour les rejetés), ou - pour lire les blocs sur l'entrée standard
cli-grade-arg-wbc-per-ul = Leucocytes du patient par µL (par défaut : ceux du profil)
cli-grade-arg-gametocytes = Gamétocytes comptés ; hématies à gamétocyte sur un frottis mince
cli-grade-arg-infected-rbc = Hématies parasitées comptées (frottis mince)
cli-grade-arg-rbc-counted = Toutes les hématies comptées, parasitées comprises (frottis mince)
cli-grade-arg-rbc-per-ul = Hématies du patient par µL (par défaut : celles du profil)
cli-grade-arg-species = Espèces vues
cli-grade-arg-profile = Profil de règles
cli-grade-arg-profile-file = Vos propres valeurs à la place de celles du profil (TOML)
cli-grade-arg-severity = Limite de gravité montrée (par défaut : celle du profil)
cli-grade-arg-format = Forme du résultat
cli-grade-arg-input = CSV de plusieurs comptages, un par ligne ; - lit l'entrée standard
cli-readers-about = Compare deux ou trois lectures d'une lame et donne la densité finale
cli-readers-arg-densities = Densités par µL de la première, de la deuxième et, s'il y en a une, de la troisième lecture ; 0 si aucun parasite vu
cli-readers-arg-rule = Quand une troisième lecture est nécessaire (par défaut : la règle du profil)
cli-readers-arg-profile = Profil de règles
cli-readers-arg-profile-file = Vos propres valeurs à la place de celles du profil (TOML)
cli-readers-arg-format = Forme du résultat
cli-readers-arg-input = CSV de plusieurs lames, colonnes id, reader_a, reader_b, reader_c ; - lit l'entrée standard
cli-competence-about = Note un lecteur sur un jeu de lames
cli-competence-arg-input = CSV, colonnes true_positive, true_species, true_density, reader_positive, reader_species, reader_density ; - lit l'entrée standard
cli-competence-arg-profile = Profil de règles
cli-competence-arg-profile-file = Vos propres valeurs à la place de celles du profil (TOML)
cli-competence-arg-format = Forme du résultat
cli-response-about = Classe la réponse au traitement d'après une série de visites
cli-response-arg-day0 = Densité asexuée par µL à J0
cli-response-arg-visits = Visites jour:densité:température:danger, par exemple 3:0:36,5:0
cli-response-arg-follow-up = Jours de suivi
cli-response-arg-profile = Profil de règles
cli-response-arg-profile-file = Vos propres valeurs à la place de celles du profil (TOML)
cli-response-arg-format = Forme du résultat
cli-response-arg-input = CSV de plusieurs patients, colonnes id, d0_density, visits, followup_days ; - lit l'entrée standard
error-not-a-film = « { $value } » n'est pas un type de lame ; écrivez goutte-epaisse (ge, thick) ou frottis (fm, thin)
error-two-numbers = « { $value } » vaut { $thousands } dans un pays et { $whole },{ $part } dans un autre ; écrivez { $thousands } ou { $whole },{ $part }
error-two-days = « { $value } » est le { $day_first } dans un pays et le { $month_first } dans un autre ; écrivez { $day_first } ou { $month_first }
error-table-quote = un guillemet (") est ouvert à la ligne { $line } et n'est jamais fermé ; fermez-le ou retirez-le
error-table-column-twice = ligne { $line } : deux colonnes s'appellent { $column } ; laissez-en une seule, ou renommez l'autre
error-table-answer = { $column } vaut { $value } ; écrivez oui ou non (yes, no, 1, 0)
