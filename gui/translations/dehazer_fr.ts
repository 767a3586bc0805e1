<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
  <context>
    <name>ActivityLog</name>
    <message>
      <source>What you do cannot be written down for evidence packs: {}</source>
      <translation>Vos actions ne peuvent pas être consignées pour les dossiers de preuve : {}</translation>
    </message>
  </context>
  <context>
    <name>AddressForm</name>
    <message>
      <source>Save the password in the system's keyring</source>
      <translation>Enregistrer le mot de passe dans le trousseau</translation>
    </message>
    <message>
      <source>shortest</source>
      <translation>le plus court</translation>
    </message>
    <message>
      <source>balanced</source>
      <translation>équilibré</translation>
    </message>
    <message>
      <source>longer, for poor networks</source>
      <translation>plus long, pour réseaux instables</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Find cameras on the network…</source>
      <translation>Chercher des caméras sur le réseau…</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Utilisateur</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Mot de passe</translation>
    </message>
    <message>
      <source>Transport (RTSP)</source>
      <translation>Transport (RTSP)</translation>
    </message>
    <message>
      <source>Delay</source>
      <translation>Délai</translation>
    </message>
    <message>
      <source>No keyring is available here; the password is asked for again next time.</source>
      <translation>Aucun trousseau n'est disponible ici ; le mot de passe sera redemandé la prochaine fois.</translation>
    </message>
  </context>
  <context>
    <name>AlarmController</name>
    <message>
      <source>Acknowledge</source>
      <translation>Acquitter</translation>
    </message>
  </context>
  <context>
    <name>AlarmEventsDialog</name>
    <message>
      <source>Haze alarms</source>
      <translation>Alarmes de brume</translation>
    </message>
    <message>
      <source>There was no alarm since the program was started.</source>
      <translation>Aucune alarme depuis le démarrage du programme.</translation>
    </message>
    <message>
      <source>Acknowledge</source>
      <translation>Acquitter</translation>
    </message>
    <message>
      <source>Acknowledge all</source>
      <translation>Tout acquitter</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>Choose an alarm that is not acknowledged in the list</source>
      <translation>Choisissez dans la liste une alarme non acquittée</translation>
    </message>
    <message>
      <source>lasts</source>
      <translation>en cours</translation>
    </message>
    <message>
      <source>acknowledged</source>
      <translation>acquittée</translation>
    </message>
    <message>
      <source>▲ not acknowledged</source>
      <translation>▲ non acquittée</translation>
    </message>
    <message>
      <source>haze up to {:.0f} %, limit {:.0f} %</source>
      <translation>brume jusqu'à {:.0f} %, seuil {:.0f} %</translation>
    </message>
  </context>
  <context>
    <name>Alerts</name>
    <message>
      <source>{}: haze above {:.0f} %</source>
      <translation>{} : brume au-dessus de {:.0f} %</translation>
    </message>
  </context>
  <context>
    <name>BookmarkController</name>
    <message>
      <source>Save as CSV…</source>
      <translation>Enregistrer en CSV…</translation>
    </message>
    <message>
      <source>Save as JSON…</source>
      <translation>Enregistrer en JSON…</translation>
    </message>
    <message>
      <source>Read from a file…</source>
      <translation>Lire depuis un fichier…</translation>
    </message>
    <message>
      <source>Save bookmarks</source>
      <translation>Enregistrer les signets</translation>
    </message>
    <message>
      <source>Saved {}</source>
      <translation>{} enregistré</translation>
    </message>
    <message>
      <source>Read bookmarks</source>
      <translation>Lire des signets</translation>
    </message>
    <message>
      <source>{} bookmarks are new or changed</source>
      <translation>{} signets nouveaux ou modifiés</translation>
    </message>
  </context>
  <context>
    <name>BookmarksTab</name>
    <message>
      <source>Colour of the bookmark</source>
      <translation>Couleur du signet</translation>
    </message>
    <message>
      <source>No bookmarks yet. B sets one at the playhead, or over what is marked.</source>
      <translation>Aucun signet. B en pose un à la tête de lecture, ou sur la sélection.</translation>
    </message>
    <message>
      <source>Search notes, cameras, dates</source>
      <translation>Chercher notes, caméras, dates</translation>
    </message>
    <message>
      <source>Search bookmarks</source>
      <translation>Chercher dans les signets</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>Note of the bookmark</source>
      <translation>Note du signet</translation>
    </message>
    <message>
      <source>Yellow</source>
      <translation>Jaune</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rouge</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>Vert</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Bleu</translation>
    </message>
    <message>
      <source>Purple</source>
      <translation>Violet</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>Gris</translation>
    </message>
    <message>
      <source>Bookmarks</source>
      <translation>Signets</translation>
    </message>
    <message>
      <source>Remove the chosen bookmarks</source>
      <translation>Supprimer les signets choisis</translation>
    </message>
    <message>
      <source>Import and export bookmarks</source>
      <translation>Importer et exporter des signets</translation>
    </message>
    <message>
      <source>Nothing found.</source>
      <translation>Rien trouvé.</translation>
    </message>
  </context>
  <context>
    <name>Camera</name>
    <message>
      <source>Loading the model…</source>
      <translation>Chargement du modèle…</translation>
    </message>
  </context>
  <context>
    <name>CameraForm</name>
    <message>
      <source>Camera</source>
      <translation>Caméra</translation>
    </message>
    <message>
      <source>Resolution</source>
      <translation>Résolution</translation>
    </message>
    <message>
      <source>Frame rate</source>
      <translation>Fréquence d'images</translation>
    </message>
    <message>
      <source>No camera is connected to this computer. Plug one in; it appears here by itself.</source>
      <translation>Aucune caméra n'est connectée à cet ordinateur. Branchez-en une ; elle apparaît ici d'elle-même.</translation>
    </message>
    <message>
      <source>camera default</source>
      <translation>valeur de la caméra</translation>
    </message>
    <message>
      <source>{:g} per second</source>
      <translation>{:g} par seconde</translation>
    </message>
  </context>
  <context>
    <name>CameraList</name>
    <message>
      <source>Cameras</source>
      <translation>Caméras</translation>
    </message>
  </context>
  <context>
    <name>CameraModel</name>
    <message>
      <source>{count} files, {about}</source>
      <translation>{count} fichiers, {about}</translation>
    </message>
  </context>
  <context>
    <name>CameraPage</name>
    <message>
      <source>Last picture {} ago</source>
      <translation>Dernière image il y a {}</translation>
    </message>
  </context>
  <context>
    <name>EngineOffer</name>
    <message>
      <source>Use it</source>
      <translation>L'utiliser</translation>
    </message>
    <message>
      <source>Loading and timing {}…</source>
      <translation>Chargement et mesure de {}…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>{name}: about {fps} fps on this machine; the camera sends {rate}.</source>
      <translation>{name} : environ {fps} i/s sur cette machine ; la caméra en envoie {rate}.</translation>
    </message>
    <message>
      <source>Keep {}</source>
      <translation>Garder {}</translation>
    </message>
  </context>
  <context>
    <name>EngineSections</name>
    <message>
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Vitesse</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Réseau</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Poids</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Appareil</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>Précision</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>Objectif</translation>
    </message>
    <message>
      <source>Held by reducing quality step by step where needed; the status bar shows what is reduced</source>
      <translation>Tenu en réduisant la qualité pas à pas si nécessaire ; la barre d'état indique ce qui est réduit</translation>
    </message>
    <message>
      <source>automatic</source>
      <translation>automatique</translation>
    </message>
    <message>
      <source>{fps:.0f} pictures per second</source>
      <translation>{fps:.0f} images par seconde</translation>
    </message>
    <message>
      <source>a delay of {latency_ms:.0f} ms</source>
      <translation>un délai de {latency_ms:.0f} ms</translation>
    </message>
    <message>
      <source>the camera's own rate</source>
      <translation>la cadence de la caméra</translation>
    </message>
    <message>
      <source>nothing, full quality</source>
      <translation>aucun, pleine qualité</translation>
    </message>
    <message>
      <source>processor</source>
      <translation>processeur</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>Choisir un fichier…</translation>
    </message>
    <message>
      <source>Measured here: {text}</source>
      <translation>Mesuré ici : {text}</translation>
    </message>
    <message>
      <source>Weights (*.safetensors)</source>
      <translation>Poids (*.safetensors)</translation>
    </message>
  </context>
  <context>
    <name>ErrorDialog</name>
    <message>
      <source>Unexpected error</source>
      <translation>Erreur inattendue</translation>
    </message>
    <message>
      <source>The other cameras continue. The report below contains no passwords.</source>
      <translation>Les autres caméras continuent. Le rapport ci-dessous ne contient aucun mot de passe.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>Copier le rapport</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>{} more errors since then; all are in the report, which contains no passwords.</source>
      <translation>{} autres erreurs depuis ; toutes figurent dans le rapport, qui ne contient aucun mot de passe.</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copié</translation>
    </message>
  </context>
  <context>
    <name>EvidenceDialog</name>
    <message>
      <source>Evidence pack</source>
      <translation>Dossier de preuve</translation>
    </message>
    <message>
      <source>Add to the queue</source>
      <translation>Ajouter à la file</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Case</source>
      <translation>Affaire</translation>
    </message>
    <message>
      <source>for example a file number</source>
      <translation>par exemple un numéro de dossier</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>Opérateur</translation>
    </message>
    <message>
      <source>your name</source>
      <translation>votre nom</translation>
    </message>
    <message>
      <source>Key to sign with</source>
      <translation>Clé de signature</translation>
    </message>
    <message>
      <source>none: the pack is not signed</source>
      <translation>aucune : le dossier n'est pas signé</translation>
    </message>
    <message>
      <source>File to write</source>
      <translation>Fichier à écrire</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>One ZIP file with the original packets, the dehazed films, pairs of snapshots, checksums of everything, all settings and the log of what was done. dehazer-verify says later whether anything in it was altered.</source>
      <translation>Un fichier ZIP avec les paquets originaux, les films sans brume, des paires d'instantanés, les sommes de contrôle de tout, tous les réglages et le journal des actions. dehazer-verify dira plus tard si quelque chose y a été modifié.</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Caméras</translation>
    </message>
    <message>
      <source>Sign with</source>
      <translation>Signer avec</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Destination</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Choisir…</translation>
    </message>
  </context>
  <context>
    <name>ExportController</name>
    <message>
      <source>Mark a beginning (Shift+I) and an end (Shift+O) first.</source>
      <translation>Marquez d'abord un début (Maj+I) et une fin (Maj+O).</translation>
    </message>
    <message>
      <source>The model is still being loaded; try again in a moment.</source>
      <translation>Le modèle est en cours de chargement ; réessayez dans un instant.</translation>
    </message>
    <message>
      <source>{} to {}, {}</source>
      <translation>{} à {}, {}</translation>
    </message>
    <message>
      <source>Exports</source>
      <translation>Exports</translation>
    </message>
    <message>
      <source>Exports are running. They stop when this window is closed, and go on from there when it is opened again.</source>
      <translation>Des exports sont en cours. Ils s'arrêtent à la fermeture de cette fenêtre et reprennent à sa réouverture.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>Keep open</source>
      <translation>Laisser ouverte</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>Export</source>
      <translation>Exporter</translation>
    </message>
    <message>
      <source>Add to the queue</source>
      <translation>Ajouter à la file</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>What to export</source>
      <translation>Quoi exporter</translation>
    </message>
    <message>
      <source>Draw the time into the pictures</source>
      <translation>Incruster l'heure dans les images</translation>
    </message>
    <message>
      <source>Draw the camera's name</source>
      <translation>Incruster le nom de la caméra</translation>
    </message>
    <message>
      <source>Draw “ENHANCED” into dehazed pictures</source>
      <translation>Incruster « ENHANCED » dans les images sans brume</translation>
    </message>
    <message>
      <source>Bookmarks as chapters</source>
      <translation>Signets comme chapitres</translation>
    </message>
    <message>
      <source>File or folder to write</source>
      <translation>Fichier ou dossier à écrire</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Choisir…</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Quoi</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Caméras</translation>
    </message>
    <message>
      <source>Drawn into the pictures</source>
      <translation>Incrusté dans les images</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Destination</translation>
    </message>
    <message>
      <source>Folder for the pictures</source>
      <translation>Dossier des images</translation>
    </message>
    <message>
      <source>Export to</source>
      <translation>Exporter vers</translation>
    </message>
  </context>
  <context>
    <name>ExportRow</name>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>Continuer</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>Recommencer</translation>
    </message>
    <message>
      <source>Verify the pack</source>
      <translation>Vérifier le dossier</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>Afficher dans le dossier</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Remove from the list</source>
      <translation>Retirer de la liste</translation>
    </message>
  </context>
  <context>
    <name>ExportsTab</name>
    <message>
      <source>Nothing was exported yet. Mark a beginning and an end, then export.</source>
      <translation>Rien d'exporté. Marquez un début et une fin, puis exportez.</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exporter…</translation>
    </message>
    <message>
      <source>Evidence pack…</source>
      <translation>Dossier de preuve…</translation>
    </message>
  </context>
  <context>
    <name>FaultCard</name>
    <message>
      <source>Change…</source>
      <translation>Modifier…</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Détails</translation>
    </message>
    <message>
      <source>Correct the address, or choose another source</source>
      <translation>Corriger l'adresse ou choisir une autre source</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Unreadable files</source>
      <translation>Fichiers illisibles</translation>
    </message>
    <message>
      <source>Unreadable files with the reason</source>
      <translation>Fichiers illisibles et leur raison</translation>
    </message>
    <message>
      <source>and {} more</source>
      <translation>et {} autres</translation>
    </message>
  </context>
  <context>
    <name>FileForm</name>
    <message>
      <source>Browse…</source>
      <translation>Parcourir…</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Fichier</translation>
    </message>
    <message>
      <source>Play like a live camera, in a loop</source>
      <translation>Lire comme une caméra en direct, en boucle</translation>
    </message>
    <message>
      <source>Open a video</source>
      <translation>Ouvrir une vidéo</translation>
    </message>
  </context>
  <context>
    <name>FindCamerasDialog</name>
    <message>
      <source>Cameras on the network</source>
      <translation>Caméras du réseau</translation>
    </message>
    <message>
      <source>Find cameras</source>
      <translation>Chercher des caméras</translation>
    </message>
    <message>
      <source>Save the password in the system's keyring</source>
      <translation>Enregistrer le mot de passe dans le trousseau</translation>
    </message>
    <message>
      <source>Stream</source>
      <translation>Flux</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>Se connecter</translation>
    </message>
    <message>
      <source>Cameras that answered</source>
      <translation>Caméras qui ont répondu</translation>
    </message>
    <message>
      <source>Asks everything on the local network once for cameras with ONVIF.</source>
      <translation>Demande une fois sur le réseau local les caméras ONVIF.</translation>
    </message>
    <message>
      <source>Camera, or its address</source>
      <translation>Caméra ou son adresse</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Utilisateur</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Mot de passe</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Recherche…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Arrêter</translation>
    </message>
    <message>
      <source>Camera without a name</source>
      <translation>Caméra sans nom</translation>
    </message>
    <message>
      <source>No camera answered. It may have ONVIF switched off or be in another network; enter its address.</source>
      <translation>Aucune caméra n'a répondu. ONVIF y est peut-être désactivé, ou elle est sur un autre réseau ; saisissez son adresse.</translation>
    </message>
    <message>
      <source>Cameras found: {}</source>
      <translation>Caméras trouvées : {}</translation>
    </message>
    <message>
      <source>known once connected</source>
      <translation>connu après la connexion</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Ouvrir</translation>
    </message>
    <message>
      <source>Connecting…</source>
      <translation>Connexion…</translation>
    </message>
    <message>
      <source>Opened: {}</source>
      <translation>Ouvert : {}</translation>
    </message>
  </context>
  <context>
    <name>FootageCalendar</name>
    <message>
      <source>Days with footage</source>
      <translation>Jours avec images</translation>
    </message>
    <message>
      <source>Month before</source>
      <translation>Mois précédent</translation>
    </message>
    <message>
      <source>Next month</source>
      <translation>Mois suivant</translation>
    </message>
  </context>
  <context>
    <name>HelpController</name>
    <message>
      <source>A report on this system is in the clipboard; it contains no passwords.</source>
      <translation>Un rapport sur ce système est dans le presse-papiers ; il ne contient aucun mot de passe.</translation>
    </message>
  </context>
  <context>
    <name>Inspector</name>
    <message>
      <source>{}
Double click: {}</source>
      <translation>{}
Double-clic : {}</translation>
    </message>
    <message>
      <source>Controls</source>
      <translation>Réglages</translation>
    </message>
    <message>
      <source>Alarm</source>
      <translation>Alarme</translation>
    </message>
    <message>
      <source>Warn when it is hazy</source>
      <translation>Avertir en cas de brume</translation>
    </message>
    <message>
      <source>warn while the picture is hazier than this</source>
      <translation>avertir tant que l'image est plus brumeuse que ce seuil</translation>
    </message>
  </context>
  <context>
    <name>InspectorController</name>
    <message>
      <source>loading…</source>
      <translation>chargement…</translation>
    </message>
  </context>
  <context>
    <name>JumpControls</name>
    <message>
      <source>Go to</source>
      <translation>Aller à</translation>
    </message>
    <message>
      <source>Foggiest</source>
      <translation>Plus brumeux</translation>
    </message>
    <message>
      <source>The foggiest ten minutes of the cameras shown</source>
      <translation>Les dix minutes les plus brumeuses des caméras affichées</translation>
    </message>
    <message>
      <source>No haze was measured yet.</source>
      <translation>Aucune brume mesurée pour l'instant.</translation>
    </message>
    <message>
      <source>Clearest</source>
      <translation>Plus clair</translation>
    </message>
    <message>
      <source>The clearest ten minutes of the cameras shown</source>
      <translation>Les dix minutes les plus claires des caméras affichées</translation>
    </message>
    <message>
      <source>Next fog</source>
      <translation>Brume suivante</translation>
    </message>
    <message>
      <source>The next foggy stretch behind the playhead</source>
      <translation>Le prochain passage brumeux après la tête de lecture</translation>
    </message>
    <message>
      <source>No foggy stretch behind the playhead.</source>
      <translation>Aucun passage brumeux après la tête de lecture.</translation>
    </message>
    <message>
      <source>Next change</source>
      <translation>Changement</translation>
    </message>
    <message>
      <source>Where fog comes or goes next</source>
      <translation>Où la brume arrive ou part ensuite</translation>
    </message>
    <message>
      <source>The fog does not change behind the playhead.</source>
      <translation>La brume ne change plus après la tête de lecture.</translation>
    </message>
  </context>
  <context>
    <name>KeysDialog</name>
    <message>
      <source>Keys</source>
      <translation>Raccourcis clavier</translation>
    </message>
  </context>
  <context>
    <name>LibraryController</name>
    <message>
      <source>Open a folder of recordings</source>
      <translation>Ouvrir un dossier d'enregistrements</translation>
    </message>
    <message>
      <source>{} and {} more</source>
      <translation>{} et {} autres</translation>
    </message>
    <message>
      <source>{} of {} recordings read…</source>
      <translation>{} enregistrements lus sur {}…</translation>
    </message>
    <message>
      <source>, {} unreadable</source>
      <translation>, {} illisibles</translation>
    </message>
    <message>
      <source>Looking for recordings…</source>
      <translation>Recherche d'enregistrements…</translation>
    </message>
    <message>
      <source>Open another folder, or drop one.</source>
      <translation>Ouvrez un autre dossier ou déposez-en un.</translation>
    </message>
    <message>
      <source>There are no recordings here. Open another folder, or drop one.</source>
      <translation>Aucun enregistrement ici. Ouvrez un autre dossier ou déposez-en un.</translation>
    </message>
    <message>
      <source>None of the {} files here can be read; the reasons stand in the list at the left.</source>
      <translation>Aucun des {} fichiers ici n'est lisible ; les raisons figurent dans la liste à gauche.</translation>
    </message>
    <message>
      <source>1 recording</source>
      <translation>1 enregistrement</translation>
    </message>
    <message>
      <source>{} recordings</source>
      <translation>{} enregistrements</translation>
    </message>
    <message>
      <source>1 camera</source>
      <translation>1 caméra</translation>
    </message>
    <message>
      <source>{} cameras</source>
      <translation>{} caméras</translation>
    </message>
  </context>
  <context>
    <name>LibraryPanel</name>
    <message>
      <source>Partly: {}</source>
      <translation>En partie : {}</translation>
    </message>
    <message>
      <source>by name</source>
      <translation>d'après le nom</translation>
    </message>
    <message>
      <source>Times are from file and folder names.</source>
      <translation>Les heures viennent des noms de fichiers et de dossiers.</translation>
    </message>
    <message>
      <source>by metadata</source>
      <translation>d'après les métadonnées</translation>
    </message>
    <message>
      <source>Times are from the metadata.</source>
      <translation>Les heures viennent des métadonnées.</translation>
    </message>
    <message>
      <source>by file date</source>
      <translation>d'après la date du fichier</translation>
    </message>
    <message>
      <source>Times are from the dates of the files, because nothing else tells them; they may be wrong. A name pattern can put that right.</source>
      <translation>Les heures viennent des dates des fichiers, faute d'autre indication ; elles peuvent être fausses. Un modèle de nom peut corriger cela.</translation>
    </message>
    <message>
      <source>set by hand</source>
      <translation>réglé à la main</translation>
    </message>
    <message>
      <source>Times were corrected by hand.</source>
      <translation>Les heures ont été corrigées à la main.</translation>
    </message>
    <message>
      <source>Filter cameras</source>
      <translation>Filtrer les caméras</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Caméras</translation>
    </message>
    <message>
      <source>Name patterns…</source>
      <translation>Modèles de noms…</translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation>Ouvrir un dossier…</translation>
    </message>
  </context>
  <context>
    <name>MenuController</name>
    <message>
      <source>Walls</source>
      <translation>Murs</translation>
    </message>
    <message>
      <source>Rows of the overlay</source>
      <translation>Lignes de l'affichage</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Couleurs</translation>
    </message>
    <message>
      <source>Open the last wall at start</source>
      <translation>Ouvrir le dernier mur au démarrage</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Comme le système</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Clair</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Sombre</translation>
    </message>
  </context>
  <context>
    <name>MessageController</name>
    <message>
      <source>Show in folder</source>
      <translation>Afficher dans le dossier</translation>
    </message>
    <message>
      <source>{}: {}</source>
      <translation>{} : {}</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
  </context>
  <context>
    <name>OpeningController</name>
    <message>
      <source>The password of {} is needed again.</source>
      <translation>Le mot de passe de {} est de nouveau nécessaire.</translation>
    </message>
  </context>
  <context>
    <name>PatternDialog</name>
    <message>
      <source>Names and times of recordings</source>
      <translation>Noms et heures des enregistrements</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>Fuseau horaire</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>Utiliser</translation>
    </message>
    <message>
      <source>Patterns, one in a line</source>
      <translation>Modèles, un par ligne</translation>
    </message>
    <message>
      <source>Names of well-known recorders are understood by themselves. For others, write one pattern in a line: fields in braces, a slash for a folder above, a star for any text. The first pattern that fits is used.</source>
      <translation>Les noms des enregistreurs connus sont compris d'eux-mêmes. Pour les autres, écrivez un modèle par ligne : champs entre accolades, barre oblique pour un dossier parent, étoile pour un texte quelconque. Le premier modèle qui convient est utilisé.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Insert this field</source>
      <translation>Insérer ce champ</translation>
    </message>
    <message>
      <source>Time zone of the recordings</source>
      <translation>Fuseau horaire des enregistrements</translation>
    </message>
    <message>
      <source>No time zone has this name; choose one from the list.</source>
      <translation>Aucun fuseau horaire ne porte ce nom ; choisissez dans la liste.</translation>
    </message>
    <message>
      <source>The patterns fit {fitting} of {count} names, {understood} have a time</source>
      <translation>Les modèles conviennent à {fitting} noms sur {count}, {understood} ont une heure</translation>
    </message>
    <message>
      <source>{understood} of {count} names are understood without a pattern</source>
      <translation>{understood} noms sur {count} sont compris sans modèle</translation>
    </message>
  </context>
  <context>
    <name>PatternPreview</name>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Caméra</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Heure</translation>
    </message>
    <message>
      <source>What the patterns read</source>
      <translation>Ce que lisent les modèles</translation>
    </message>
  </context>
  <context>
    <name>PictureTab</name>
    <message>
      <source>Use for all cameras</source>
      <translation>Appliquer à toutes les caméras</translation>
    </message>
  </context>
  <context>
    <name>PictureView</name>
    <message>
      <source>Original</source>
      <translation>Original</translation>
    </message>
    <message>
      <source>Dehazed</source>
      <translation>Sans brume</translation>
    </message>
    <message>
      <source>Difference ×2</source>
      <translation>Différence ×2</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Image</translation>
    </message>
  </context>
  <context>
    <name>PlaybackController</name>
    <message>
      <source>Loading the model…</source>
      <translation>Chargement du modèle…</translation>
    </message>
    <message>
      <source>“{}” is not a frame number; type a whole number from 0 on.</source>
      <translation>« {} » n'est pas un numéro d'image ; saisissez un entier à partir de 0.</translation>
    </message>
  </context>
  <context>
    <name>PlaylistController</name>
    <message>
      <source>Open a folder of videos</source>
      <translation>Ouvrir un dossier de vidéos</translation>
    </message>
    <message>
      <source>Open videos</source>
      <translation>Ouvrir des vidéos</translation>
    </message>
  </context>
  <context>
    <name>PlaylistPanel</name>
    <message>
      <source>Videos</source>
      <translation>Vidéos</translation>
    </message>
    <message>
      <source>{} of {}</source>
      <translation>{} sur {}</translation>
    </message>
  </context>
  <context>
    <name>PresetRow</name>
    <message>
      <source>Standard</source>
      <translation>Standard</translation>
    </message>
    <message>
      <source>Gentle</source>
      <translation>Doux</translation>
    </message>
    <message>
      <source>Clear days untouched</source>
      <translation>Jours clairs inchangés</translation>
    </message>
    <message>
      <source>Preset</source>
      <translation>Préréglage</translation>
    </message>
    <message>
      <source>Presets of this camera</source>
      <translation>Préréglages de cette caméra</translation>
    </message>
    <message>
      <source>Save or remove a preset</source>
      <translation>Enregistrer ou supprimer un préréglage</translation>
    </message>
    <message>
      <source>Name of the preset</source>
      <translation>Nom du préréglage</translation>
    </message>
    <message>
      <source>name, then Enter</source>
      <translation>nom, puis Entrée</translation>
    </message>
    <message>
      <source>Custom</source>
      <translation>Personnalisé</translation>
    </message>
    <message>
      <source>Save as preset…</source>
      <translation>Enregistrer comme préréglage…</translation>
    </message>
    <message>
      <source>Remove “{}”</source>
      <translation>Supprimer « {} »</translation>
    </message>
  </context>
  <context>
    <name>PublishDialog</name>
    <message>
      <source>Publish {}</source>
      <translation>Publier {}</translation>
    </message>
    <message>
      <source>Draw “ENHANCED” and the time into the pictures</source>
      <translation>Inscrire « ENHANCED » et l'heure dans les images</translation>
    </message>
    <message>
      <source>Publish</source>
      <translation>Publier</translation>
    </message>
    <message>
      <source>The dehazed pictures are sent as they come. Sound is not.</source>
      <translation>Les images éclaircies sont envoyées dès qu'elles arrivent. Le son ne l'est pas.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Begins with one of: {}</source>
      <translation>Commence par : {}</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Utilisateur</translation>
    </message>
    <message>
      <source>Password, or key of the stream</source>
      <translation>Mot de passe ou clé de flux</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>A password was entered, but no user; enter both, or none.</source>
      <translation>Un mot de passe est saisi, mais pas d'utilisateur ; saisissez les deux, ou aucun.</translation>
    </message>
  </context>
  <context>
    <name>RecordingController</name>
    <message>
      <source>{} cameras are recorded</source>
      <translation>{} caméras sont enregistrées</translation>
    </message>
    <message>
      <source>Recorded {} files</source>
      <translation>{} fichiers enregistrés</translation>
    </message>
    <message>
      <source>Recorded: {}</source>
      <translation>Enregistré : {}</translation>
    </message>
    <message>
      <source>Saved {} as a pair, original and dehazed</source>
      <translation>{} enregistré en paire, original et sans brume</translation>
    </message>
    <message>
      <source>The disk or processor is too slow: original pictures are missing from {}.</source>
      <translation>Le disque ou le processeur est trop lent : des images originales manquent dans {}.</translation>
    </message>
    <message>
      <source>The camera or the network damages pictures; {} keeps them as they come.</source>
      <translation>La caméra ou le réseau endommage des images ; {} les garde telles quelles.</translation>
    </message>
  </context>
  <context>
    <name>RecordingSection</name>
    <message>
      <source>Record</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>What is recorded</source>
      <translation>Ce qui est enregistré</translation>
    </message>
    <message>
      <source>Container</source>
      <translation>Conteneur</translation>
    </message>
    <message>
      <source>dehazed</source>
      <translation>sans brume</translation>
    </message>
    <message>
      <source>original</source>
      <translation>original</translation>
    </message>
    <message>
      <source>both, synchronized</source>
      <translation>les deux, synchronisés</translation>
    </message>
    <message>
      <source>Matroska (.mkv)</source>
      <translation>Matroska (.mkv)</translation>
    </message>
    <message>
      <source>fragmented MP4 (.mp4)</source>
      <translation>MP4 fragmenté (.mp4)</translation>
    </message>
    <message>
      <source>Both survive a power cut: all but the last second can be played</source>
      <translation>Les deux résistent à une coupure de courant : tout sauf la dernière seconde reste lisible</translation>
    </message>
    <message>
      <source>Begins</source>
      <translation>Début</translation>
    </message>
    <message>
      <source>New file</source>
      <translation>Nouveau fichier</translation>
    </message>
    <message>
      <source>How long before the button is pressed recordings of originals begin</source>
      <translation>Combien de temps avant l'appui commencent les enregistrements des originaux</translation>
    </message>
    <message>
      <source>Folder for recordings and snapshots</source>
      <translation>Dossier des enregistrements et des instantanés</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Contenu</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <source>{:g} s before</source>
      <translation>{:g} s avant</translation>
    </message>
    <message>
      <source>when pressed</source>
      <translation>à l'appui</translation>
    </message>
    <message>
      <source>every {:g} minutes</source>
      <translation>toutes les {:g} minutes</translation>
    </message>
    <message>
      <source>never</source>
      <translation>jamais</translation>
    </message>
  </context>
  <context>
    <name>ReviewBar</name>
    <message>
      <source>Recordings</source>
      <translation>Enregistrements</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vue</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Plus</translation>
    </message>
  </context>
  <context>
    <name>ReviewController</name>
    <message>
      <source>Review recordings</source>
      <translation>Revoir des enregistrements</translation>
    </message>
  </context>
  <context>
    <name>ReviewMenu</name>
    <message>
      <source>Opened before</source>
      <translation>Ouverts récemment</translation>
    </message>
  </context>
  <context>
    <name>ReviewMessages</name>
    <message>
      <source>Show in folder</source>
      <translation>Afficher dans le dossier</translation>
    </message>
  </context>
  <context>
    <name>ReviewTabs</name>
    <message>
      <source>Picture</source>
      <translation>Image</translation>
    </message>
    <message>
      <source>Bookmarks</source>
      <translation>Signets</translation>
    </message>
    <message>
      <source>Exports</source>
      <translation>Exports</translation>
    </message>
    <message>
      <source>Picture, bookmarks and exports</source>
      <translation>Image, signets et exports</translation>
    </message>
  </context>
  <context>
    <name>ReviewWindow</name>
    <message>
      <source>dehazer – recordings</source>
      <translation>dehazer – enregistrements</translation>
    </message>
  </context>
  <context>
    <name>SaveController</name>
    <message>
      <source>Saved {} as a pair, original and dehazed</source>
      <translation>{} enregistré en paire, original et sans brume</translation>
    </message>
    <message>
      <source>Mark a beginning (Shift+I) and an end (Shift+O) first.</source>
      <translation>Marquez d'abord un début (Maj+I) et une fin (Maj+O).</translation>
    </message>
    <message>
      <source>Making the contact sheet…</source>
      <translation>Création de la planche-contact…</translation>
    </message>
    <message>
      <source>Saved {}</source>
      <translation>{} enregistré</translation>
    </message>
  </context>
  <context>
    <name>SavedSource</name>
    <message>
      <source>Camera {}</source>
      <translation>Caméra {}</translation>
    </message>
    <message>
      <source>{} does not exist; check the name.</source>
      <translation>{} n'existe pas ; vérifiez le nom.</translation>
    </message>
    <message>
      <source>An address begins with one of: {}; for example rtsp://192.168.1.20/stream.</source>
      <translation>Une adresse commence par l'un de : {} ; par exemple rtsp://192.168.1.20/stream.</translation>
    </message>
    <message>
      <source>The port in this address is not a number from 0 to 65535.</source>
      <translation>Le port de cette adresse n'est pas un nombre de 0 à 65535.</translation>
    </message>
    <message>
      <source>This address names no host; for example rtsp://192.168.1.20/stream.</source>
      <translation>Cette adresse ne nomme aucun hôte ; par exemple rtsp://192.168.1.20/stream.</translation>
    </message>
    <message>
      <source>Videos ({});;All files (*)</source>
      <translation>Vidéos ({});;Tous les fichiers (*)</translation>
    </message>
  </context>
  <context>
    <name>ScanStatus</name>
    <message>
      <source>Files read</source>
      <translation>Fichiers lus</translation>
    </message>
    <message>
      <source>Looking for recordings…</source>
      <translation>Recherche d'enregistrements…</translation>
    </message>
    <message>
      <source>Reading {read} of {found} files…</source>
      <translation>Lecture de {read} fichiers sur {found}…</translation>
    </message>
    <message>
      <source>No recordings in these folders.</source>
      <translation>Aucun enregistrement dans ces dossiers.</translation>
    </message>
    <message>
      <source>{found} files</source>
      <translation>{found} fichiers</translation>
    </message>
    <message>
      <source>1 file</source>
      <translation>1 fichier</translation>
    </message>
    <message>
      <source>, {} unreadable</source>
      <translation>, {} illisibles</translation>
    </message>
  </context>
  <context>
    <name>ScheduleDialog</name>
    <message>
      <source>Recording schedule</source>
      <translation>Programme d'enregistrement</translation>
    </message>
    <message>
      <source>Record all open cameras at these times</source>
      <translation>Enregistrer toutes les caméras ouvertes à ces heures</translation>
    </message>
    <message>
      <source>From</source>
      <translation>De</translation>
    </message>
    <message>
      <source>To</source>
      <translation>À</translation>
    </message>
    <message>
      <source>What, where and in which files is chosen under Record. The window must be open; an end at or before the beginning is on the next day. A recording that you end yourself is not begun again before the next time.</source>
      <translation>Le contenu, le dossier et les fichiers se choisissent sous « Enregistrer ». La fenêtre doit être ouverte ; une fin qui ne suit pas le début est le lendemain. Un enregistrement que vous arrêtez vous-même ne reprend qu'à la prochaine échéance.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>Recordings would run now.</source>
      <translation>Un enregistrement serait en cours.</translation>
    </message>
    <message>
      <source>Next start: {}, {}</source>
      <translation>Prochain début : {}, {}</translation>
    </message>
    <message>
      <source>Nothing is recorded by itself.</source>
      <translation>Rien ne s'enregistre tout seul.</translation>
    </message>
    <message>
      <source>Choose at least one day.</source>
      <translation>Choisissez au moins un jour.</translation>
    </message>
  </context>
  <context>
    <name>SecondScreenController</name>
    <message>
      <source>All cameras</source>
      <translation>Toutes les caméras</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Plein écran</translation>
    </message>
    <message>
      <source>Close this window</source>
      <translation>Fermer cette fenêtre</translation>
    </message>
  </context>
  <context>
    <name>SecondWindow</name>
    <message>
      <source>All cameras</source>
      <translation>Toutes les caméras</translation>
    </message>
    <message>
      <source>No camera is open.</source>
      <translation>Aucune caméra n'est ouverte.</translation>
    </message>
  </context>
  <context>
    <name>SeekBar</name>
    <message>
      <source>Play again</source>
      <translation>Rejouer</translation>
    </message>
    <message>
      <source>Position in the file</source>
      <translation>Position dans le fichier</translation>
    </message>
    <message>
      <source>{} · frame {}</source>
      <translation>{} · image {}</translation>
    </message>
  </context>
  <context>
    <name>Shutdown</name>
    <message>
      <source>Recording</source>
      <translation>Enregistrement</translation>
    </message>
    <message>
      <source>A recording is running. Stop it and quit?</source>
      <translation>Un enregistrement est en cours. L'arrêter et quitter ?</translation>
    </message>
    <message>
      <source>Stop and quit</source>
      <translation>Arrêter et quitter</translation>
    </message>
    <message>
      <source>Continue recording</source>
      <translation>Continuer l'enregistrement</translation>
    </message>
  </context>
  <context>
    <name>SoundOutput</name>
    <message>
      <source>There is no device for sound on this computer; pictures play without it.</source>
      <translation>Cet ordinateur n'a pas de périphérique audio ; les images sont lues sans son.</translation>
    </message>
  </context>
  <context>
    <name>SourceDialog</name>
    <message>
      <source>Open a camera or video</source>
      <translation>Ouvrir une caméra ou une vidéo</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Caméra</translation>
    </message>
    <message>
      <source>A camera on this computer</source>
      <translation>Une caméra de cet ordinateur</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>A camera or stream in the network</source>
      <translation>Une caméra ou un flux du réseau</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Fichier</translation>
    </message>
    <message>
      <source>A video file</source>
      <translation>Un fichier vidéo</translation>
    </message>
    <message>
      <source>Kind of source</source>
      <translation>Type de source</translation>
    </message>
    <message>
      <source>optional, for example “Gate north”</source>
      <translation>facultatif, par exemple « Porte nord »</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Ouvrir</translation>
    </message>
  </context>
  <context>
    <name>Sparkline</name>
    <message>
      <source>Haze over the last two minutes</source>
      <translation>Brume des deux dernières minutes</translation>
    </message>
    <message>
      <source>Haze over the last two minutes; the dashed line is the alarm</source>
      <translation>Brume des deux dernières minutes ; la ligne pointillée est l'alarme</translation>
    </message>
  </context>
  <context>
    <name>StartPage</name>
    <message>
      <source>Drop a video here, or choose a camera</source>
      <translation>Déposez une vidéo ici ou choisissez une caméra</translation>
    </message>
    <message>
      <source>Find cameras on the network…</source>
      <translation>Chercher des caméras sur le réseau…</translation>
    </message>
    <message>
      <source>Try it with the sample clip</source>
      <translation>Essayer avec le clip d'exemple</translation>
    </message>
    <message>
      <source>Sample clip</source>
      <translation>Clip d'exemple</translation>
    </message>
    <message>
      <source>Open a file…</source>
      <translation>Ouvrir un fichier…</translation>
    </message>
    <message>
      <source>Camera or address…</source>
      <translation>Caméra ou adresse…</translation>
    </message>
    <message>
      <source>Review recordings…</source>
      <translation>Revoir des enregistrements…</translation>
    </message>
    <message>
      <source>Search, dehaze and export folders of recordings; or drop folders here</source>
      <translation>Parcourir, débrumer et exporter des dossiers d'enregistrements ; ou déposez-les ici</translation>
    </message>
    <message>
      <source>camera on this computer</source>
      <translation>caméra de cet ordinateur</translation>
    </message>
    <message>
      <source>Walls</source>
      <translation>Murs</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Caméras</translation>
    </message>
    <message>
      <source>Recent</source>
      <translation>Récents</translation>
    </message>
    <message>
      <source>No camera is connected to this computer; one that is plugged in appears here.</source>
      <translation>Aucune caméra n'est connectée à cet ordinateur ; une caméra branchée apparaît ici.</translation>
    </message>
    <message>
      <source>Forget this source</source>
      <translation>Oublier cette source</translation>
    </message>
    <message>
      <source>file played like a live camera</source>
      <translation>fichier lu comme en direct</translation>
    </message>
  </context>
  <context>
    <name>StartPageController</name>
    <message>
      <source>Loading the model…</source>
      <translation>Chargement du modèle…</translation>
    </message>
    <message>
      <source>Ready: model {} with weights {}, on {}</source>
      <translation>Prêt : modèle {} avec les poids {}, sur {}</translation>
    </message>
  </context>
  <context>
    <name>StatusBar</name>
    <message>
      <source>haze</source>
      <translation>brume</translation>
    </message>
    <message>
      <source>Time since this source was opened</source>
      <translation>Temps depuis l'ouverture de cette source</translation>
    </message>
    <message>
      <source>haze {}</source>
      <translation>brume {}</translation>
    </message>
    <message>
      <source>▲ haze above {:.0f} %</source>
      <translation>▲ brume au-dessus de {:.0f} %</translation>
    </message>
    <message>
      <source>▲ warnings: {}</source>
      <translation>▲ avertissements : {}</translation>
    </message>
    <message>
      <source>governor: {}</source>
      <translation>régulation : {}</translation>
    </message>
    <message>
      <source>clear: passed untouched</source>
      <translation>net : inchangé</translation>
    </message>
    <message>
      <source>visibility {}</source>
      <translation>visibilité {}</translation>
    </message>
  </context>
  <context>
    <name>ThresholdSection</name>
    <message>
      <source>Threshold</source>
      <translation>Seuil</translation>
    </message>
    <message>
      <source>{}: threshold</source>
      <translation>{} : seuil</translation>
    </message>
    <message>
      <source>{:.0f} %</source>
      <translation>{:.0f} %</translation>
    </message>
    <message>
      <source>off</source>
      <translation>désactivé</translation>
    </message>
  </context>
  <context>
    <name>Tile</name>
    <message>
      <source>Swap places</source>
      <translation>Échanger les places</translation>
    </message>
    <message>
      <source>{}
Double click or Enter enlarges; drag onto another one to swap</source>
      <translation>{}
Double-clic ou Entrée agrandit ; glisser sur une autre pour échanger</translation>
    </message>
    <message>
      <source>Last picture {} ago.</source>
      <translation>Dernière image il y a {}.</translation>
    </message>
    <message>
      <source>recording</source>
      <translation>enregistre</translation>
    </message>
  </context>
  <context>
    <name>TimeLine</name>
    <message>
      <source>unreadable: {}</source>
      <translation>illisible : {}</translation>
    </message>
    <message>
      <source>{} · still growing</source>
      <translation>{} · encore en cours</translation>
    </message>
    <message>
      <source>haze, clear to foggy</source>
      <translation>brume, de clair à dense</translation>
    </message>
    <message>
      <source>not measured</source>
      <translation>non mesuré</translation>
    </message>
    <message>
      <source>no footage</source>
      <translation>pas d'images</translation>
    </message>
    <message>
      <source>overlap</source>
      <translation>recouvrement</translation>
    </message>
    <message>
      <source>unreadable</source>
      <translation>illisible</translation>
    </message>
    <message>
      <source>In</source>
      <translation>Début</translation>
    </message>
    <message>
      <source>Out</source>
      <translation>Fin</translation>
    </message>
    <message>
      <source>{} → {}</source>
      <translation>{} → {}</translation>
    </message>
    <message>
      <source>No recordings yet</source>
      <translation>Pas encore d'enregistrements</translation>
    </message>
    <message>
      <source>Time line</source>
      <translation>Frise chronologique</translation>
    </message>
    <message>
      <source>{count} cameras, position {time}</source>
      <translation>{count} caméras, position {time}</translation>
    </message>
  </context>
  <context>
    <name>TimeLineHover</name>
    <message>
      <source>no footage after this</source>
      <translation>plus d'images ensuite</translation>
    </message>
    <message>
      <source>no footage before this</source>
      <translation>pas d'images avant</translation>
    </message>
    <message>
      <source>no footage for {}</source>
      <translation>pas d'images pendant {}</translation>
    </message>
    <message>
      <source>haze {}</source>
      <translation>brume {}</translation>
    </message>
  </context>
  <context>
    <name>TopBar</name>
    <message>
      <source>View</source>
      <translation>Vue</translation>
    </message>
    <message>
      <source>Recording time</source>
      <translation>Durée d'enregistrement</translation>
    </message>
    <message>
      <source>Cameras that are open</source>
      <translation>Caméras ouvertes</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Plus</translation>
    </message>
    <message>
      <source>Camera: {}</source>
      <translation>Caméra : {}</translation>
    </message>
  </context>
  <context>
    <name>TransportBar</name>
    <message>
      <source>Speed</source>
      <translation>Vitesse</translation>
    </message>
    <message>
      <source>Speed  ({} and {})</source>
      <translation>Vitesse  ({} et {})</translation>
    </message>
    <message>
      <source>Time of the picture</source>
      <translation>Heure de l'image</translation>
    </message>
    <message>
      <source>Time of the picture; type another one to go there, for example 14:05:30 or +10</source>
      <translation>Heure de l'image ; saisissez-en une autre pour y aller, par exemple 14:05:30 ou +10</translation>
    </message>
    <message>
      <source>Frame number</source>
      <translation>Numéro d'image</translation>
    </message>
    <message>
      <source>Number of the frame in its file; type another one to go there</source>
      <translation>Numéro de l'image dans son fichier ; saisissez-en un autre pour y aller</translation>
    </message>
    <message>
      <source>Frame</source>
      <translation>Image</translation>
    </message>
  </context>
  <context>
    <name>VerifyController</name>
    <message>
      <source>Verify an evidence pack</source>
      <translation>Vérifier un dossier de preuve</translation>
    </message>
    <message>
      <source>Verifying {}…</source>
      <translation>Vérification de {}…</translation>
    </message>
  </context>
  <context>
    <name>VerifyDialog</name>
    <message>
      <source>Evidence pack</source>
      <translation>Dossier de preuve</translation>
    </message>
    <message>
      <source>Fingerprint of the pack: {}</source>
      <translation>Empreinte du dossier : {}</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
  </context>
  <context>
    <name>WallController</name>
    <message>
      <source>No camera is open; open those that the wall is to have, then save it.</source>
      <translation>Aucune caméra n'est ouverte ; ouvrez celles du mur, puis enregistrez-le.</translation>
    </message>
    <message>
      <source>Cameras, order, views and settings: {}. Passwords are not saved.</source>
      <translation>Caméras, ordre, vues et réglages : {}. Les mots de passe ne sont pas enregistrés.</translation>
    </message>
    <message>
      <source>Saved the wall “{}”</source>
      <translation>Mur « {} » enregistré</translation>
    </message>
    <message>
      <source>Remove the wall “{}”? Cameras that are open stay open.</source>
      <translation>Supprimer le mur « {} » ? Les caméras ouvertes le restent.</translation>
    </message>
    <message>
      <source>Remove the wall</source>
      <translation>Supprimer le mur</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Supprimer</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>Garder</translation>
    </message>
    <message>
      <source>{} is being recorded and is not part of “{}”. Stop the recording and open the wall?</source>
      <translation>{} est en cours d'enregistrement et ne fait pas partie de « {} ». Arrêter l'enregistrement et ouvrir le mur ?</translation>
    </message>
    <message>
      <source>Recording</source>
      <translation>Enregistrement</translation>
    </message>
    <message>
      <source>Stop and open</source>
      <translation>Arrêter et ouvrir</translation>
    </message>
    <message>
      <source>Continue recording</source>
      <translation>Continuer l'enregistrement</translation>
    </message>
  </context>
  <context>
    <name>WallNameDialog</name>
    <message>
      <source>Rename the wall</source>
      <translation>Renommer le mur</translation>
    </message>
    <message>
      <source>Save as a wall</source>
      <translation>Enregistrer comme mur</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>for example “Harbour, night”</source>
      <translation>par exemple « Port, nuit »</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>There is a wall of this name already.</source>
      <translation>Un mur de ce nom existe déjà.</translation>
    </message>
    <message>
      <source>The wall of this name is replaced.</source>
      <translation>Le mur de ce nom est remplacé.</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>Remplacer</translation>
    </message>
  </context>
  <context>
    <name>WallPasswordsDialog</name>
    <message>
      <source>Passwords for “{}”</source>
      <translation>Mots de passe pour « {} »</translation>
    </message>
    <message>
      <source>Save the passwords in the system's keyring</source>
      <translation>Enregistrer les mots de passe dans le trousseau du système</translation>
    </message>
    <message>
      <source>Passwords are not part of a wall. The other cameras are open; these follow.</source>
      <translation>Les mots de passe ne font pas partie d'un mur. Les autres caméras sont ouvertes ; celles-ci suivent.</translation>
    </message>
    <message>
      <source>No keyring is available here; the passwords are asked for again next time.</source>
      <translation>Aucun trousseau n'est disponible ici ; les mots de passe seront redemandés la prochaine fois.</translation>
    </message>
    <message>
      <source>The cameras are shown with a button to enter the password later</source>
      <translation>Les caméras s'affichent avec un bouton pour saisir le mot de passe plus tard</translation>
    </message>
    <message>
      <source>Open without</source>
      <translation>Ouvrir sans</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Ouvrir</translation>
    </message>
    <message>
      <source>password of {}</source>
      <translation>mot de passe de {}</translation>
    </message>
  </context>
  <context>
    <name>WallStore</name>
    <message>
      <source>it is not the file of a wall</source>
      <translation>ce n'est pas le fichier d'un mur</translation>
    </message>
    <message>
      <source>There is no wall “{}”; {}</source>
      <translation>Il n'y a pas de mur « {} » ; {}</translation>
    </message>
    <message>
      <source>The wall “{}” is damaged ({}); {}</source>
      <translation>Le mur « {} » est endommagé ({}) ; {}</translation>
    </message>
    <message>
      <source>none is saved yet. Open cameras, then save them as a wall.</source>
      <translation>aucun n'est encore enregistré. Ouvrez des caméras, puis enregistrez-les comme mur.</translation>
    </message>
    <message>
      <source>saved are: {}.</source>
      <translation>sont enregistrés : {}.</translation>
    </message>
    <message>
      <source>The wall “{}” cannot be saved in {} ({}); what was saved before is kept.</source>
      <translation>Le mur « {} » ne peut pas être enregistré dans {} ({}) ; ce qui était enregistré est conservé.</translation>
    </message>
    <message>
      <source>There is a wall “{}” already; choose another name.</source>
      <translation>Un mur « {} » existe déjà ; choisissez un autre nom.</translation>
    </message>
    <message>
      <source>{} cannot be removed ({}); check the permissions of the folder.</source>
      <translation>{} ne peut pas être supprimé ({}) ; vérifiez les droits du dossier.</translation>
    </message>
    <message>
      <source>“{}” is no name for a wall; give 1 to {} characters in one line.</source>
      <translation>« {} » n'est pas un nom de mur ; donnez 1 à {} caractères sur une ligne.</translation>
    </message>
  </context>
  <context>
    <name>WallsDialog</name>
    <message>
      <source>Walls</source>
      <translation>Murs</translation>
    </message>
    <message>
      <source>No wall is saved yet. Open and arrange cameras, then choose “Save these cameras as a wall”.</source>
      <translation>Aucun mur n'est encore enregistré. Ouvrez et disposez des caméras, puis choisissez « Enregistrer ces caméras comme mur ».</translation>
    </message>
    <message>
      <source>Open the last wall at start</source>
      <translation>Ouvrir le dernier mur au démarrage</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Ouvrir</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Renommer…</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Supprimer…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>{}
Damaged: {}</source>
      <translation>{}
Endommagé : {}</translation>
    </message>
    <message>
      <source>{} (open)</source>
      <translation>{} (ouvert)</translation>
    </message>
    <message>
      <source>{}
Cameras: {} · {}</source>
      <translation>{}
Caméras : {} · {}</translation>
    </message>
  </context>
  <context>
    <name>Webcams</name>
    <message>
      <source>Camera names come from the system, because Qt Multimedia cannot be loaded ({}).</source>
      <translation>Les noms des caméras viennent du système, car Qt Multimedia ne peut pas être chargé ({}).</translation>
    </message>
  </context>
  <context>
    <name>actions</name>
    <message>
      <source>Source</source>
      <translation>Source</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vue</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Image</translation>
    </message>
    <message>
      <source>Playing a file</source>
      <translation>Lecture d'un fichier</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Fenêtre</translation>
    </message>
    <message>
      <source>Playing</source>
      <translation>Lecture</translation>
    </message>
    <message>
      <source>Going to a time</source>
      <translation>Aller à un moment</translation>
    </message>
    <message>
      <source>Marks and bookmarks</source>
      <translation>Repères et signets</translation>
    </message>
    <message>
      <source>Exports</source>
      <translation>Exports</translation>
    </message>
    <message>
      <source>Swap with the camera at the left</source>
      <translation>Échanger avec la caméra de gauche</translation>
    </message>
    <message>
      <source>Swap with the camera at the right</source>
      <translation>Échanger avec la caméra de droite</translation>
    </message>
    <message>
      <source>Swap with the camera above</source>
      <translation>Échanger avec la caméra du dessus</translation>
    </message>
    <message>
      <source>Swap with the camera below</source>
      <translation>Échanger avec la caméra du dessous</translation>
    </message>
    <message>
      <source>Open a camera or video</source>
      <translation>Ouvrir une caméra ou une vidéo</translation>
    </message>
    <message>
      <source>Open a folder of videos…</source>
      <translation>Ouvrir un dossier de vidéos…</translation>
    </message>
    <message>
      <source>Find cameras on the network…</source>
      <translation>Chercher des caméras sur le réseau…</translation>
    </message>
    <message>
      <source>Close this source</source>
      <translation>Fermer cette source</translation>
    </message>
    <message>
      <source>Try again now</source>
      <translation>Réessayer maintenant</translation>
    </message>
    <message>
      <source>Next camera</source>
      <translation>Caméra suivante</translation>
    </message>
    <message>
      <source>All cameras side by side</source>
      <translation>Toutes les caméras côte à côte</translation>
    </message>
    <message>
      <source>Show this camera in a second window</source>
      <translation>Afficher cette caméra dans une seconde fenêtre</translation>
    </message>
    <message>
      <source>Show all cameras in a second window</source>
      <translation>Afficher toutes les caméras dans une seconde fenêtre</translation>
    </message>
    <message>
      <source>Save these cameras as a wall…</source>
      <translation>Enregistrer ces caméras comme mur…</translation>
    </message>
    <message>
      <source>Walls…</source>
      <translation>Murs…</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>Record all cameras, or end that</source>
      <translation>Enregistrer toutes les caméras, ou arrêter</translation>
    </message>
    <message>
      <source>Recording schedule…</source>
      <translation>Programme d'enregistrement…</translation>
    </message>
    <message>
      <source>Snapshot, original and dehazed</source>
      <translation>Instantané, original et sans brume</translation>
    </message>
    <message>
      <source>Show the original while held</source>
      <translation>Afficher l'original tant que maintenu</translation>
    </message>
    <message>
      <source>Move the divider left</source>
      <translation>Séparateur vers la gauche</translation>
    </message>
    <message>
      <source>Move the divider right</source>
      <translation>Séparateur vers la droite</translation>
    </message>
    <message>
      <source>Numbers over the picture</source>
      <translation>Chiffres sur l'image</translation>
    </message>
    <message>
      <source>Loupe; the wheel makes it stronger</source>
      <translation>Loupe ; la molette la renforce</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Agrandir</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Réduire</translation>
    </message>
    <message>
      <source>Fit to the window</source>
      <translation>Ajuster à la fenêtre</translation>
    </message>
    <message>
      <source>Move the view left</source>
      <translation>Déplacer la vue à gauche</translation>
    </message>
    <message>
      <source>Move the view right</source>
      <translation>Déplacer la vue à droite</translation>
    </message>
    <message>
      <source>Move the view up</source>
      <translation>Déplacer la vue vers le haut</translation>
    </message>
    <message>
      <source>Move the view down</source>
      <translation>Déplacer la vue vers le bas</translation>
    </message>
    <message>
      <source>More strength</source>
      <translation>Plus d'intensité</translation>
    </message>
    <message>
      <source>Less strength</source>
      <translation>Moins d'intensité</translation>
    </message>
    <message>
      <source>Pause or resume</source>
      <translation>Pause ou reprise</translation>
    </message>
    <message>
      <source>Next picture</source>
      <translation>Image suivante</translation>
    </message>
    <message>
      <source>Previous picture</source>
      <translation>Image précédente</translation>
    </message>
    <message>
      <source>5 seconds forward</source>
      <translation>5 secondes en avant</translation>
    </message>
    <message>
      <source>5 seconds back</source>
      <translation>5 secondes en arrière</translation>
    </message>
    <message>
      <source>1 minute forward</source>
      <translation>1 minute en avant</translation>
    </message>
    <message>
      <source>1 minute back</source>
      <translation>1 minute en arrière</translation>
    </message>
    <message>
      <source>Next video of the list</source>
      <translation>Vidéo suivante de la liste</translation>
    </message>
    <message>
      <source>Previous video of the list</source>
      <translation>Vidéo précédente de la liste</translation>
    </message>
    <message>
      <source>Hide or show the list of videos</source>
      <translation>Afficher ou masquer la liste des vidéos</translation>
    </message>
    <message>
      <source>Hide or show the controls (while the picture has the focus)</source>
      <translation>Masquer ou afficher les réglages (si l'image a le focus)</translation>
    </message>
    <message>
      <source>Go to the next area: picture, bar, controls</source>
      <translation>Zone suivante : image, barre, réglages</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Plein écran</translation>
    </message>
    <message>
      <source>Leave full screen</source>
      <translation>Quitter le plein écran</translation>
    </message>
    <message>
      <source>Haze alarms so far</source>
      <translation>Alarmes de brume jusqu'ici</translation>
    </message>
    <message>
      <source>List of keys</source>
      <translation>Liste des raccourcis</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Quitter</translation>
    </message>
    <message>
      <source>Publish…</source>
      <translation>Publier…</translation>
    </message>
    <message>
      <source>Virtual camera</source>
      <translation>Caméra virtuelle</translation>
    </message>
    <message>
      <source>Sound of alarms</source>
      <translation>Son des alarmes</translation>
    </message>
    <message>
      <source>Copy a report on this system</source>
      <translation>Copier un rapport sur ce système</translation>
    </message>
    <message>
      <source>Enter user and password…</source>
      <translation>Saisir l'utilisateur et le mot de passe…</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Modifier…</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Détails</translation>
    </message>
    <message>
      <source>Compute on the processor</source>
      <translation>Calculer sur le processeur</translation>
    </message>
    <message>
      <source>Play or pause</source>
      <translation>Lecture ou pause</translation>
    </message>
    <message>
      <source>Faster</source>
      <translation>Plus vite</translation>
    </message>
    <message>
      <source>Slower</source>
      <translation>Moins vite</translation>
    </message>
    <message>
      <source>Speed 1×</source>
      <translation>Vitesse 1×</translation>
    </message>
    <message>
      <source>Play backwards</source>
      <translation>Lecture arrière</translation>
    </message>
    <message>
      <source>Sound on or off</source>
      <translation>Son activé ou coupé</translation>
    </message>
    <message>
      <source>Type a time to go to</source>
      <translation>Saisir une heure</translation>
    </message>
    <message>
      <source>Type a frame number to go to</source>
      <translation>Saisir un numéro d'image</translation>
    </message>
    <message>
      <source>Go to the foggiest stretch</source>
      <translation>Aller au passage le plus brumeux</translation>
    </message>
    <message>
      <source>Go to the clearest stretch</source>
      <translation>Aller au passage le plus clair</translation>
    </message>
    <message>
      <source>Next foggy stretch</source>
      <translation>Passage brumeux suivant</translation>
    </message>
    <message>
      <source>Next change of the fog</source>
      <translation>Changement de brume suivant</translation>
    </message>
    <message>
      <source>Mark the beginning</source>
      <translation>Marquer le début</translation>
    </message>
    <message>
      <source>Mark the end</source>
      <translation>Marquer la fin</translation>
    </message>
    <message>
      <source>Repeat from A to B: mark A, mark B, stop</source>
      <translation>Répéter de A à B : poser A, poser B, arrêter</translation>
    </message>
    <message>
      <source>Remove the marks</source>
      <translation>Retirer les repères</translation>
    </message>
    <message>
      <source>Bookmark this moment, or what is marked</source>
      <translation>Signet sur cet instant ou la sélection</translation>
    </message>
    <message>
      <source>Next bookmark</source>
      <translation>Signet suivant</translation>
    </message>
    <message>
      <source>Previous bookmark</source>
      <translation>Signet précédent</translation>
    </message>
    <message>
      <source>Undo a change of bookmarks</source>
      <translation>Annuler une modification de signets</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Rétablir</translation>
    </message>
    <message>
      <source>Contact sheet of what is marked</source>
      <translation>Planche-contact de la sélection</translation>
    </message>
    <message>
      <source>Export what is marked…</source>
      <translation>Exporter la sélection…</translation>
    </message>
    <message>
      <source>Evidence pack of what is marked…</source>
      <translation>Dossier de preuve de la sélection…</translation>
    </message>
    <message>
      <source>Verify an evidence pack…</source>
      <translation>Vérifier un dossier de preuve…</translation>
    </message>
    <message>
      <source>This camera alone, or all</source>
      <translation>Cette caméra seule, ou toutes</translation>
    </message>
    <message>
      <source>Loupe, pixels one to one</source>
      <translation>Loupe, pixels un pour un</translation>
    </message>
    <message>
      <source>Open a folder of recordings</source>
      <translation>Ouvrir un dossier d'enregistrements</translation>
    </message>
    <message>
      <source>Names and times of recordings…</source>
      <translation>Noms et heures des enregistrements…</translation>
    </message>
    <message>
      <source>Hide or show the recordings</source>
      <translation>Masquer ou afficher les enregistrements</translation>
    </message>
    <message>
      <source>Close this window</source>
      <translation>Fermer cette fenêtre</translation>
    </message>
    <message>
      <source>Original</source>
      <translation>Original</translation>
    </message>
    <message>
      <source>Dehazed</source>
      <translation>Sans brume</translation>
    </message>
    <message>
      <source>Wipe</source>
      <translation>Volet</translation>
    </message>
    <message>
      <source>Side</source>
      <translation>Double</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Différence</translation>
    </message>
  </context>
  <context>
    <name>badge</name>
    <message>
      <source>Starting again…</source>
      <translation>Reprise du début…</translation>
    </message>
    <message>
      <source>No new picture for {}</source>
      <translation>Pas de nouvelle image depuis {}</translation>
    </message>
    <message>
      <source>Picture unchanged for {}</source>
      <translation>Image inchangée depuis {}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>En pause</translation>
    </message>
  </context>
  <context>
    <name>core</name>
    <message>
      <source>{host} does not accept this user name and password; check both.</source>
      <translation>{host} refuse ce nom d'utilisateur et ce mot de passe ; vérifiez les deux.</translation>
    </message>
    <message>
      <source>{host} asks for a user name and a password; enter both.</source>
      <translation>{host} demande un nom d'utilisateur et un mot de passe ; saisissez les deux.</translation>
    </message>
    <message>
      <source>{host} gave no picture for {seconds} seconds; check that it is on and connected.</source>
      <translation>{host} n'a fourni aucune image pendant {seconds} secondes ; vérifiez que l'appareil est allumé et connecté.</translation>
    </message>
    <message>
      <source>{host} refuses the connection; check the port, and that the camera's stream is switched on.</source>
      <translation>{host} refuse la connexion ; vérifiez le port, et que le flux de la caméra est activé.</translation>
    </message>
    <message>
      <source>{host} has no stream at this address; check the part behind the host name.</source>
      <translation>{host} n'a pas de flux à cette adresse ; vérifiez la partie qui suit le nom d'hôte.</translation>
    </message>
    <message>
      <source>{host} answers with an error of its own; it may be starting or overloaded.</source>
      <translation>{host} répond par une erreur ; l'appareil est peut-être en train de démarrer, ou surchargé.</translation>
    </message>
    <message>
      <source>{host} sends something that is not a video.</source>
      <translation>{host} envoie autre chose qu'une vidéo.</translation>
    </message>
    <message>
      <source>The connection to {host} was lost or could not be made; check cable, network and address.</source>
      <translation>La connexion à {host} est perdue ou n'a pas pu être établie ; vérifiez le câble, le réseau et l'adresse.</translation>
    </message>
    <message>
      <source>The name {host} could not be looked up within {seconds} seconds; check the network.</source>
      <translation>Le nom {host} n'a pas pu être résolu en {seconds} secondes ; vérifiez le réseau.</translation>
    </message>
    <message>
      <source>There is no host called {host}; check the name and the network.</source>
      <translation>Aucun hôte ne s'appelle {host} ; vérifiez le nom et le réseau.</translation>
    </message>
    <message>
      <source>{host} ended the stream.</source>
      <translation>{host} a mis fin au flux.</translation>
    </message>
    <message>
      <source>There is no camera at {device}; plug one in or choose another source.</source>
      <translation>Aucune caméra sur {device} ; branchez-en une ou choisissez une autre source.</translation>
    </message>
    <message>
      <source>There is no camera {device}; plug one in or choose another source.</source>
      <translation>Il n'y a pas de caméra {device} ; branchez-en une ou choisissez une autre source.</translation>
    </message>
    <message>
      <source>There is no camera called {device} (found: {found}); plug it in or choose another one.</source>
      <translation>Aucune caméra ne s'appelle {device} (trouvées : {found}) ; branchez-la ou choisissez-en une autre.</translation>
    </message>
    <message>
      <source>The camera {device} gave no picture for {seconds} seconds.</source>
      <translation>La caméra {device} n'a fourni aucune image pendant {seconds} secondes.</translation>
    </message>
    <message>
      <source>The camera {device} was unplugged.</source>
      <translation>La caméra {device} a été débranchée.</translation>
    </message>
    <message>
      <source>The camera {device} was unplugged or stopped.</source>
      <translation>La caméra {device} a été débranchée ou arrêtée.</translation>
    </message>
    <message>
      <source>The camera {device} may not be used; add this user to the group “video”, or allow camera access.</source>
      <translation>L'accès à la caméra {device} est interdit ; ajoutez cet utilisateur au groupe « video », ou autorisez l'accès à la caméra.</translation>
    </message>
    <message>
      <source>The camera {device} is in use by another program; close that program.</source>
      <translation>La caméra {device} est utilisée par un autre programme ; fermez-le.</translation>
    </message>
    <message>
      <source>The camera {device} does not offer this size or frame rate; choose others.</source>
      <translation>La caméra {device} n'offre pas cette taille ou cette cadence ; choisissez-en d'autres.</translation>
    </message>
    <message>
      <source>The camera {device} cannot be read; plug it in again or choose another source.</source>
      <translation>La caméra {device} est illisible ; rebranchez-la ou choisissez une autre source.</translation>
    </message>
    <message>
      <source>{file} does not exist; check the name.</source>
      <translation>{file} n'existe pas ; vérifiez le nom.</translation>
    </message>
    <message>
      <source>{file} is not a video, or it is damaged so early that nothing can be read.</source>
      <translation>{file} n'est pas une vidéo, ou est endommagé si tôt que rien ne peut être lu.</translation>
    </message>
    <message>
      <source>Nothing in {file} can be decoded; the file is damaged.</source>
      <translation>Rien dans {file} ne peut être décodé ; le fichier est endommagé.</translation>
    </message>
    <message>
      <source>Not started yet.</source>
      <translation>Pas encore démarré.</translation>
    </message>
    <message>
      <source>Starting…</source>
      <translation>Démarrage…</translation>
    </message>
    <message>
      <source>Connecting to {name}…</source>
      <translation>Connexion à {name}…</translation>
    </message>
    <message>
      <source>Loading the model {model}…</source>
      <translation>Chargement du modèle {model}…</translation>
    </message>
    <message>
      <source>{name} has ended.</source>
      <translation>{name} est terminé.</translation>
    </message>
    <message>
      <source>Stopped.</source>
      <translation>Arrêté.</translation>
    </message>
    <message>
      <source>Something unexpected happened; this session has ended.</source>
      <translation>Un événement inattendu s'est produit ; cette session est terminée.</translation>
    </message>
    <message>
      <source>Pictures are sent to {name}.</source>
      <translation>Des images sont envoyées à {name}.</translation>
    </message>
    <message>
      <source>{host} does not accept this user name and password for publishing; check both.</source>
      <translation>{host} refuse ce nom d'utilisateur et ce mot de passe pour la diffusion ; vérifiez les deux.</translation>
    </message>
    <message>
      <source>{host} refuses the connection; check the port, and that it is ready to receive.</source>
      <translation>{host} refuse la connexion ; vérifiez le port, et que le récepteur est prêt.</translation>
    </message>
    <message>
      <source>{host} knows nothing at this address; check the part behind the host name.</source>
      <translation>{host} ne connaît pas cette adresse ; vérifiez la partie qui suit le nom d'hôte.</translation>
    </message>
    <message>
      <source>{host} takes no more pictures; check that it is on and connected.</source>
      <translation>{host} ne prend plus d'images ; vérifiez que l'appareil est allumé et connecté.</translation>
    </message>
    <message>
      <source>{host} cannot be reached; check that it is on and connected.</source>
      <translation>{host} est injoignable ; vérifiez que l'appareil est allumé et connecté.</translation>
    </message>
    <message>
      <source>FFmpeg does not take the address {address}; check host, port and path.</source>
      <translation>FFmpeg n'accepte pas l'adresse {address} ; vérifiez l'hôte, le port et le chemin.</translation>
    </message>
    <message>
      <source>{host} refuses the connection; check that ONVIF is switched on in the camera.</source>
      <translation>{host} refuse la connexion ; vérifiez qu'ONVIF est activé dans la caméra.</translation>
    </message>
    <message>
      <source>{host} did not answer within {seconds} s; check the camera and the network.</source>
      <translation>{host} n'a pas répondu en {seconds} s ; vérifiez la caméra et le réseau.</translation>
    </message>
    <message>
      <source>{host} cannot be reached; check the camera and the network.</source>
      <translation>{host} est injoignable ; vérifiez la caméra et le réseau.</translation>
    </message>
    <message>
      <source>{host} does not accept this user and password for ONVIF; check both, and that the user may use ONVIF.</source>
      <translation>{host} refuse cet utilisateur et ce mot de passe pour ONVIF ; vérifiez les deux, et que l'utilisateur a le droit d'utiliser ONVIF.</translation>
    </message>
    <message>
      <source>16-bit numbers</source>
      <translation>nombres sur 16 bits</translation>
    </message>
    <message>
      <source>grid of {lines} lines</source>
      <translation>grille de {lines} lignes</translation>
    </message>
    <message>
      <source>field kept for {count} frames</source>
      <translation>champ gardé {count} images</translation>
    </message>
    <message>
      <source>every 2nd frame</source>
      <translation>une image sur 2</translation>
    </message>
    <message>
      <source>every 4th frame</source>
      <translation>une image sur 4</translation>
    </message>
    <message>
      <source>{candidate}: {ms} ms a frame ({others})</source>
      <translation>{candidate} : {ms} ms par image ({others})</translation>
    </message>
    <message>
      <source>{candidate}: {ms} ms a frame</source>
      <translation>{candidate} : {ms} ms par image</translation>
    </message>
  </context>
  <context>
    <name>exports</name>
    <message>
      <source>Dehazed film</source>
      <translation>Film sans brume</translation>
    </message>
    <message>
      <source>Original, copied</source>
      <translation>Original, copié</translation>
    </message>
    <message>
      <source>Original and dehazed side by side</source>
      <translation>Original et sans brume côte à côte</translation>
    </message>
    <message>
      <source>Single pictures</source>
      <translation>Images séparées</translation>
    </message>
    <message>
      <source>All cameras in one film</source>
      <translation>Toutes les caméras dans un film</translation>
    </message>
    <message>
      <source>Evidence pack</source>
      <translation>Dossier de preuve</translation>
    </message>
    <message>
      <source>Every frame without its haze, sound copied.</source>
      <translation>Chaque image sans brume, son copié.</translation>
    </message>
    <message>
      <source>Nothing is computed: the recorded packets from the key frame before the mark on.</source>
      <translation>Rien n'est calculé : les paquets enregistrés, depuis l'image clé avant le repère.</translation>
    </message>
    <message>
      <source>Both pictures of every instant in one film.</source>
      <translation>Les deux images de chaque instant dans un film.</translation>
    </message>
    <message>
      <source>A folder with a PNG file for every frame.</source>
      <translation>Un dossier avec un fichier PNG par image.</translation>
    </message>
    <message>
      <source>The cameras beside each other, in step on the wall clock.</source>
      <translation>Les caméras côte à côte, synchronisées sur l'horloge.</translation>
    </message>
    <message>
      <source>Originals, dehazed films, snapshots and checksums of all in one ZIP file.</source>
      <translation>Originaux, films sans brume, instantanés et sommes de contrôle dans un fichier ZIP.</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>En attente</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>En cours</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>En pause</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Terminé</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Échec</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Annulé</translation>
    </message>
    <message>
      <source>PASS</source>
      <translation>OK</translation>
    </message>
    <message>
      <source>CHANGED, as announced</source>
      <translation>MODIFIÉ, comme annoncé</translation>
    </message>
    <message>
      <source>FAIL</source>
      <translation>ÉCHEC</translation>
    </message>
    <message>
      <source>{} of {} checks passed</source>
      <translation>{} contrôles réussis sur {}</translation>
    </message>
  </context>
  <context>
    <name>faults</name>
    <message>
      <source>Connected. The first picture is being computed…</source>
      <translation>Connecté. La première image est en cours de calcul…</translation>
    </message>
    <message>
      <source>Try again now</source>
      <translation>Réessayer maintenant</translation>
    </message>
    <message>
      <source>Play again</source>
      <translation>Relire</translation>
    </message>
    <message>
      <source>Reconnecting, attempt {}…</source>
      <translation>Reconnexion, essai {}…</translation>
    </message>
    <message>
      <source>Connecting, attempt {}…</source>
      <translation>Connexion, essai {}…</translation>
    </message>
    <message>
      <source>Reconnecting, attempt {}, next in {} s</source>
      <translation>Reconnexion, essai {}, prochain dans {} s</translation>
    </message>
    <message>
      <source>Connecting, attempt {}, next in {} s</source>
      <translation>Connexion, essai {}, prochain dans {} s</translation>
    </message>
    <message>
      <source>Enter user and password…</source>
      <translation>Saisir l'utilisateur et le mot de passe…</translation>
    </message>
    <message>
      <source>Compute on the processor</source>
      <translation>Calculer sur le processeur</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>Redémarrer</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Réessayer</translation>
    </message>
  </context>
  <context>
    <name>options</name>
    <message>
      <source>how much of the haze to remove; 0 leaves every pixel as it is, above 100 more than is measured</source>
      <translation>quelle part de la brume est retirée ; 0 laisse chaque pixel tel quel, au-delà de 100 plus que mesuré</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>Intensité</translation>
    </message>
    <message>
      <source>smoothing over time against flicker; 0 is none</source>
      <translation>lissage temporel contre le scintillement ; 0 : aucun</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>Lissage</translation>
    </message>
    <message>
      <source>pass frames hazier by less than this untouched; 0 is never</source>
      <translation>laisser inchangées les images moins brumeuses que ce seuil ; 0 : jamais</translation>
    </message>
    <message>
      <source>Bypass</source>
      <translation>Passage direct</translation>
    </message>
    <message>
      <source>Leave clear pictures untouched</source>
      <translation>Garder les images claires</translation>
    </message>
    <message>
      <source>network to use (--list-models shows all)</source>
      <translation>réseau utilisé (--list-models les affiche tous)</translation>
    </message>
    <message>
      <source>packaged set by name, or path of a .safetensors file</source>
      <translation>jeu fourni, par son nom, ou chemin d'un fichier .safetensors</translation>
    </message>
    <message>
      <source>where to compute: auto, cpu, cuda or cuda:N</source>
      <translation>où calculer : auto, cpu, cuda ou cuda:N</translation>
    </message>
    <message>
      <source>number format of the network; auto is the quickest, measured at first use</source>
      <translation>format numérique du réseau ; auto est le plus rapide, mesuré à la première utilisation</translation>
    </message>
    <message>
      <source>how RTSP carries the picture</source>
      <translation>comment RTSP transporte l'image</translation>
    </message>
    <message>
      <source>how much is buffered against an uneven network</source>
      <translation>quantité mise en tampon contre un réseau irrégulier</translation>
    </message>
    <message>
      <source>haze field, fast (default)</source>
      <translation>champ, rapide (par défaut)</translation>
    </message>
    <message>
      <source>Rich Feature Distillation student, exact</source>
      <translation>élève Rich Feature Distillation, exact</translation>
    </message>
  </context>
  <context>
    <name>readout</name>
    <message>
      <source>exact</source>
      <translation>exact</translation>
    </message>
    <message>
      <source>nearest key frame</source>
      <translation>image clé la plus proche</translation>
    </message>
    <message>
      <source>file</source>
      <translation>fichier</translation>
    </message>
    <message>
      <source>format</source>
      <translation>format</translation>
    </message>
    <message>
      <source>frame</source>
      <translation>image</translation>
    </message>
    <message>
      <source>speed · pictures · skipped</source>
      <translation>vitesse · images · sautées</translation>
    </message>
    <message>
      <source>haze · visibility</source>
      <translation>brume · visibilité</translation>
    </message>
    <message>
      <source>device</source>
      <translation>appareil</translation>
    </message>
    <message>
      <source>in · dehazed · painted</source>
      <translation>entrée · sans brume · affiché</translation>
    </message>
    <message>
      <source>latency p50 / p95</source>
      <translation>latence p50 / p95</translation>
    </message>
    <message>
      <source>queue · dropped</source>
      <translation>en attente · abandonnées</translation>
    </message>
    <message>
      <source>flicker before → after</source>
      <translation>scintillement avant → après</translation>
    </message>
    <message>
      <source>age of picture</source>
      <translation>âge de l'image</translation>
    </message>
    <message>
      <source>grid {}×{}</source>
      <translation>grille {}×{}</translation>
    </message>
    <message>
      <source>haze {}</source>
      <translation>brume {}</translation>
    </message>
    <message>
      <source>connecting to {}…</source>
      <translation>connexion à {}…</translation>
    </message>
    <message>
      <source>published to {}</source>
      <translation>publié vers {}</translation>
    </message>
    <message>
      <source>{} is lost, trying again…</source>
      <translation>{} est perdu, nouvel essai…</translation>
    </message>
    <message>
      <source>the virtual camera</source>
      <translation>la caméra virtuelle</translation>
    </message>
    <message>
      <source>{} recorded, {} free</source>
      <translation>{} enregistrés, {} libres</translation>
    </message>
    <message>
      <source>{}, {} left</source>
      <translation>{}, reste {}</translation>
    </message>
    <message>
      <source>full quality</source>
      <translation>pleine qualité</translation>
    </message>
    <message>
      <source>REC</source>
      <translation>REC</translation>
    </message>
    <message>
      <source>No pre-roll for this source: it gives no packets that could be kept.</source>
      <translation>Pas de pré-enregistrement pour cette source : elle ne donne pas de paquets à garder.</translation>
    </message>
    <message>
      <source>{:.0f} of {:g} s are kept ({})</source>
      <translation>{:.0f} s sur {:g} sont gardées ({})</translation>
    </message>
    <message>
      <source>{} original pictures are missing</source>
      <translation>{} images originales manquent</translation>
    </message>
    <message>
      <source>pictures missing</source>
      <translation>images perdues</translation>
    </message>
    <message>
      <source>{} damaged pictures came</source>
      <translation>{} images endommagées sont arrivées</translation>
    </message>
    <message>
      <source>damaged pictures</source>
      <translation>images abîmées</translation>
    </message>
    <message>
      <source>waiting for the first picture</source>
      <translation>attend la première image</translation>
    </message>
    <message>
      <source>no picture yet</source>
      <translation>aucune image</translation>
    </message>
    <message>
      <source>nothing is written</source>
      <translation>rien n'est écrit</translation>
    </message>
    <message>
      <source>nothing written</source>
      <translation>rien n'est écrit</translation>
    </message>
  </context>
  <context>
    <name>review</name>
    <message>
      <source>with sound</source>
      <translation>avec son</translation>
    </message>
    <message>
      <source>no sound</source>
      <translation>sans son</translation>
    </message>
    <message>
      <source>one frame in {} s</source>
      <translation>une image toutes les {} s</translation>
    </message>
    <message>
      <source>Time from the file's name</source>
      <translation>Heure d'après le nom du fichier</translation>
    </message>
    <message>
      <source>Time from the file's metadata</source>
      <translation>Heure d'après les métadonnées du fichier</translation>
    </message>
    <message>
      <source>Time from the file's modification: not certain</source>
      <translation>Heure d'après la modification du fichier : incertaine</translation>
    </message>
    <message>
      <source>Time corrected by hand</source>
      <translation>Heure corrigée à la main</translation>
    </message>
    <message>
      <source>{} does not exist: the clocks were put forward over it.</source>
      <translation>{} n'existe pas : les horloges ont été avancées par-dessus.</translation>
    </message>
    <message>
      <source>“{}” is not a time; type for example 14:05:30, 2026-11-24 14:05:30 or +10 for ten seconds later.</source>
      <translation>« {} » n'est pas une heure ; saisissez par exemple 14:05:30, 2026-11-24 14:05:30 ou +10 pour dix secondes plus tard.</translation>
    </message>
  </context>
  <context>
    <name>slowness</name>
    <message>
      <source>model {model}</source>
      <translation>modèle {model}</translation>
    </message>
    <message>
      <source>recording</source>
      <translation>enregistrement</translation>
    </message>
    <message>
      <source>governor: {given_up}</source>
      <translation>régulation : {given_up}</translation>
    </message>
    <message>
      <source>this machine is busy</source>
      <translation>cette machine est occupée</translation>
    </message>
    <message>
      <source>{painted:.0f} of {sent:.0f} fps: {why}</source>
      <translation>{painted:.0f} sur {sent:.0f} fps : {why}</translation>
    </message>
  </context>
  <context>
    <name>state</name>
    <message>
      <source>connecting</source>
      <translation>connexion</translation>
    </message>
    <message>
      <source>reconnecting</source>
      <translation>reconnexion</translation>
    </message>
    <message>
      <source>live</source>
      <translation>en direct</translation>
    </message>
    <message>
      <source>playing</source>
      <translation>lecture</translation>
    </message>
    <message>
      <source>no new picture</source>
      <translation>pas de nouvelle image</translation>
    </message>
    <message>
      <source>unchanged</source>
      <translation>inchangé</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>en pause</translation>
    </message>
    <message>
      <source>ended</source>
      <translation>terminé</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>arrêté</translation>
    </message>
  </context>
</TS>
