<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
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
      <translation>Aucun trousseau n'est disponible ici ; le mot de passe sera redemandé la prochaine fois.</translation>
    </message>
  </context>
  <context>
    <name>Alerts</name>
    <message>
      <source>{}: haze above {:.0f} %</source>
      <translation>{} : brume au-dessus de {:.0f} %</translation>
    </message>
  </context>
  <context>
    <name>Camera</name>
    <message>
      <source>Loading the model …</source>
      <translation>Chargement du modèle …</translation>
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
      <translation>Aucune caméra n'est connectée à cet ordinateur. Branchez-en une ; elle apparaît ici d'elle-même.</translation>
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
    <name>CameraPage</name>
    <message>
      <source>Last picture {} ago</source>
      <translation>Dernière image il y a {}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>En pause</translation>
    </message>
    <message>
      <source>No new picture for {}</source>
      <translation>Pas de nouvelle image depuis {}</translation>
    </message>
    <message>
      <source>Picture unchanged for {}</source>
      <translation>Image inchangée depuis {}</translation>
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
      <translation>Tenu en réduisant la qualité pas à pas si nécessaire ; la barre d'état indique ce qui est réduit</translation>
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
      <source>nothing, full quality</source>
      <translation>aucun, pleine qualité</translation>
    </message>
    <message>
      <source>processor</source>
      <translation>processeur</translation>
    </message>
    <message>
      <source>Choose a file …</source>
      <translation>Choisir un fichier …</translation>
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
      <translation>{} autres erreurs depuis ; toutes figurent dans le rapport, qui ne contient aucun mot de passe.</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copié</translation>
    </message>
  </context>
  <context>
    <name>FaultCard</name>
    <message>
      <source>Change …</source>
      <translation>Modifier …</translation>
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
    <name>FileForm</name>
    <message>
      <source>Browse …</source>
      <translation>Parcourir …</translation>
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
    <name>HelpController</name>
    <message>
      <source>A report on this system is in the clipboard; it contains no passwords.</source>
      <translation>Un rapport sur ce système est dans le presse-papiers ; il ne contient aucun mot de passe.</translation>
    </message>
  </context>
  <context>
    <name>Inspector</name>
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
    <message>
      <source>{}
Double click: {}</source>
      <translation>{}
Double-clic : {}</translation>
    </message>
  </context>
  <context>
    <name>InspectorController</name>
    <message>
      <source>loading …</source>
      <translation>chargement …</translation>
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
    <name>MenuController</name>
    <message>
      <source>Rows of the overlay</source>
      <translation>Lignes de l'affichage</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Couleurs</translation>
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
  </context>
  <context>
    <name>OpeningController</name>
    <message>
      <source>The password of {} is needed again.</source>
      <translation>Le mot de passe de {} est de nouveau nécessaire.</translation>
    </message>
    <message>
      <source>Open a video</source>
      <translation>Ouvrir une vidéo</translation>
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
      <source>Save as preset …</source>
      <translation>Enregistrer comme préréglage …</translation>
    </message>
    <message>
      <source>Remove “{}”</source>
      <translation>Supprimer « {} »</translation>
    </message>
  </context>
  <context>
    <name>RecordingController</name>
    <message>
      <source>Recorded: {}</source>
      <translation>Enregistré : {}</translation>
    </message>
    <message>
      <source>Saved {} as a pair, original and dehazed</source>
      <translation>{} enregistré en paire, original et sans brume</translation>
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
      <translation>Les deux résistent à une coupure de courant : tout sauf la dernière seconde reste lisible</translation>
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
  </context>
  <context>
    <name>SavedSource</name>
    <message>
      <source>Camera {}</source>
      <translation>Caméra {}</translation>
    </message>
    <message>
      <source>{} does not exist; check the name.</source>
      <translation>{} n'existe pas ; vérifiez le nom.</translation>
    </message>
    <message>
      <source>An address begins with one of: {}; for example rtsp://192.168.1.20/stream.</source>
      <translation>Une adresse commence par l'un de : {} ; par exemple rtsp://192.168.1.20/stream.</translation>
    </message>
    <message>
      <source>The port in this address is not a number from 0 to 65535.</source>
      <translation>Le port de cette adresse n'est pas un nombre de 0 à 65535.</translation>
    </message>
    <message>
      <source>This address names no host; for example rtsp://192.168.1.20/stream.</source>
      <translation>Cette adresse ne nomme aucun hôte ; par exemple rtsp://192.168.1.20/stream.</translation>
    </message>
    <message>
      <source>Videos ({});;All files (*)</source>
      <translation>Vidéos ({});;Tous les fichiers (*)</translation>
    </message>
  </context>
  <context>
    <name>SeekBar</name>
    <message>
      <source>Position in the file</source>
      <translation>Position dans le fichier</translation>
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
      <translation>Un enregistrement est en cours. L'arrêter et quitter ?</translation>
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
      <translation>facultatif, par exemple « Porte nord »</translation>
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
      <translation>Brume des deux dernières minutes ; la ligne pointillée est l'alarme</translation>
    </message>
  </context>
  <context>
    <name>StartPage</name>
    <message>
      <source>Drop a video here, or choose a camera</source>
      <translation>Déposez une vidéo ici ou choisissez une caméra</translation>
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
      <source>Open a file …</source>
      <translation>Ouvrir un fichier …</translation>
    </message>
    <message>
      <source>Camera or address …</source>
      <translation>Caméra ou adresse …</translation>
    </message>
    <message>
      <source>camera on this computer</source>
      <translation>caméra de cet ordinateur</translation>
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
      <translation>Aucune caméra n'est connectée à cet ordinateur ; une caméra branchée apparaît ici.</translation>
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
      <source>Loading the model …</source>
      <translation>Chargement du modèle …</translation>
    </message>
    <message>
      <source>Ready: model {} with weights {}, on {}</source>
      <translation>Prêt : modèle {} avec les poids {}, sur {}</translation>
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
      <source>governor: {}</source>
      <translation>régulation : {}</translation>
    </message>
    <message>
      <source>clear: passed untouched</source>
      <translation>net : inchangé</translation>
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
      <translation>{} : seuil</translation>
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
      <source>{}
Double click or Enter enlarges</source>
      <translation>{}
Double-clic ou Entrée agrandit</translation>
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
      <translation>Caméra : {}</translation>
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
      <source>Open a camera or video</source>
      <translation>Ouvrir une caméra ou une vidéo</translation>
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
      <source>Record</source>
      <translation>Enregistrer</translation>
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
      <source>Loupe, pixels one to one</source>
      <translation>Loupe, pixels un pour un</translation>
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
      <source>Hide or show the controls (while the picture has the focus)</source>
      <translation>Masquer ou afficher les réglages (si l'image a le focus)</translation>
    </message>
    <message>
      <source>Go to the next area: picture, bar, controls</source>
      <translation>Zone suivante : image, barre, réglages</translation>
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
      <source>List of keys</source>
      <translation>Liste des raccourcis</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Quitter</translation>
    </message>
    <message>
      <source>Copy a report on this system</source>
      <translation>Copier un rapport sur ce système</translation>
    </message>
    <message>
      <source>Enter user and password …</source>
      <translation>Saisir l'utilisateur et le mot de passe …</translation>
    </message>
    <message>
      <source>Change …</source>
      <translation>Modifier …</translation>
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
    <name>faults</name>
    <message>
      <source>Try again now</source>
      <translation>Réessayer maintenant</translation>
    </message>
    <message>
      <source>Play again</source>
      <translation>Relire</translation>
    </message>
    <message>
      <source>Reconnecting, attempt {} …</source>
      <translation>Reconnexion, essai {} …</translation>
    </message>
    <message>
      <source>Connecting, attempt {} …</source>
      <translation>Connexion, essai {} …</translation>
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
      <source>Enter user and password …</source>
      <translation>Saisir l'utilisateur et le mot de passe …</translation>
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
      <translation>quelle part de la brume est retirée ; 0 laisse chaque pixel tel quel, au-delà de 100 plus que mesuré</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>Intensité</translation>
    </message>
    <message>
      <source>smoothing over time against flicker; 0 is none</source>
      <translation>lissage temporel contre le scintillement ; 0 : aucun</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>Lissage</translation>
    </message>
    <message>
      <source>pass frames hazier by less than this untouched; 0 is never</source>
      <translation>laisser inchangées les images moins brumeuses que ce seuil ; 0 : jamais</translation>
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
      <translation>où calculer : auto, cpu, cuda ou cuda:N</translation>
    </message>
    <message>
      <source>number format of the network; auto is the quickest, measured at first use</source>
      <translation>format numérique du réseau ; auto est le plus rapide, mesuré à la première utilisation</translation>
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
      <source>device</source>
      <translation>appareil</translation>
    </message>
    <message>
      <source>haze · visibility</source>
      <translation>brume · visibilité</translation>
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
  </context>
  <context>
    <name>state</name>
    <message>
      <source>live</source>
      <translation>en direct</translation>
    </message>
    <message>
      <source>playing</source>
      <translation>lecture</translation>
    </message>
    <message>
      <source>connecting</source>
      <translation>connexion</translation>
    </message>
    <message>
      <source>reconnecting</source>
      <translation>reconnexion</translation>
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
