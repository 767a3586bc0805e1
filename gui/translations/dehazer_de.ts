<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
  <context>
    <name>AddressForm</name>
    <message>
      <source>Save the password in the system's keyring</source>
      <translation>Passwort im Schlüsselbund speichern</translation>
    </message>
    <message>
      <source>shortest</source>
      <translation>möglichst kurz</translation>
    </message>
    <message>
      <source>balanced</source>
      <translation>ausgewogen</translation>
    </message>
    <message>
      <source>longer, for poor networks</source>
      <translation>länger, für schlechte Netze</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Passwort</translation>
    </message>
    <message>
      <source>Transport (RTSP)</source>
      <translation>Transport (RTSP)</translation>
    </message>
    <message>
      <source>Delay</source>
      <translation>Verzögerung</translation>
    </message>
    <message>
      <source>No keyring is available here; the password is asked for again next time.</source>
      <translation>Hier gibt es keinen Schlüsselbund; das Passwort wird beim nächsten Mal wieder abgefragt.</translation>
    </message>
  </context>
  <context>
    <name>Alerts</name>
    <message>
      <source>{}: haze above {:.0f} %</source>
      <translation>{}: Dunst über {:.0f} %</translation>
    </message>
  </context>
  <context>
    <name>Camera</name>
    <message>
      <source>Loading the model …</source>
      <translation>Modell wird geladen …</translation>
    </message>
  </context>
  <context>
    <name>CameraForm</name>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Resolution</source>
      <translation>Auflösung</translation>
    </message>
    <message>
      <source>Frame rate</source>
      <translation>Bildrate</translation>
    </message>
    <message>
      <source>No camera is connected to this computer. Plug one in; it appears here by itself.</source>
      <translation>An diesen Computer ist keine Kamera angeschlossen. Schließen Sie eine an; sie erscheint hier von selbst.</translation>
    </message>
    <message>
      <source>camera default</source>
      <translation>Vorgabe der Kamera</translation>
    </message>
    <message>
      <source>{:g} per second</source>
      <translation>{:g} pro Sekunde</translation>
    </message>
  </context>
  <context>
    <name>CameraPage</name>
    <message>
      <source>Last picture {} ago</source>
      <translation>Letztes Bild vor {}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>No new picture for {}</source>
      <translation>Kein neues Bild seit {}</translation>
    </message>
    <message>
      <source>Picture unchanged for {}</source>
      <translation>Bild unverändert seit {}</translation>
    </message>
  </context>
  <context>
    <name>EngineSections</name>
    <message>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Tempo</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netzwerk</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>Genauigkeit</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>Ziel</translation>
    </message>
    <message>
      <source>Held by reducing quality step by step where needed; the status bar shows what is reduced</source>
      <translation>Wird gehalten, indem nötigenfalls Schritt für Schritt die Qualität sinkt; die Statusleiste zeigt, was verringert ist</translation>
    </message>
    <message>
      <source>automatic</source>
      <translation>automatisch</translation>
    </message>
    <message>
      <source>{fps:.0f} pictures per second</source>
      <translation>{fps:.0f} Bilder pro Sekunde</translation>
    </message>
    <message>
      <source>a delay of {latency_ms:.0f} ms</source>
      <translation>{latency_ms:.0f} ms Verzögerung</translation>
    </message>
    <message>
      <source>nothing, full quality</source>
      <translation>keines, volle Qualität</translation>
    </message>
    <message>
      <source>processor</source>
      <translation>Prozessor</translation>
    </message>
    <message>
      <source>Choose a file …</source>
      <translation>Datei wählen …</translation>
    </message>
    <message>
      <source>Weights (*.safetensors)</source>
      <translation>Gewichte (*.safetensors)</translation>
    </message>
  </context>
  <context>
    <name>ErrorDialog</name>
    <message>
      <source>Unexpected error</source>
      <translation>Unerwarteter Fehler</translation>
    </message>
    <message>
      <source>The other cameras continue. The report below contains no passwords.</source>
      <translation>Die anderen Kameras laufen weiter. Der Bericht unten enthält keine Passwörter.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Bericht</translation>
    </message>
    <message>
      <source>Copy report</source>
      <translation>Bericht kopieren</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>{} more errors since then; all are in the report, which contains no passwords.</source>
      <translation>{} weitere Fehler seitdem; alle stehen im Bericht, der keine Passwörter enthält.</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
  </context>
  <context>
    <name>FaultCard</name>
    <message>
      <source>Change …</source>
      <translation>Ändern …</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Einzelheiten</translation>
    </message>
    <message>
      <source>Correct the address, or choose another source</source>
      <translation>Die Adresse berichtigen oder eine andere Quelle wählen</translation>
    </message>
  </context>
  <context>
    <name>FileForm</name>
    <message>
      <source>Browse …</source>
      <translation>Suchen …</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Play like a live camera, in a loop</source>
      <translation>Wie eine Live-Kamera abspielen, in Schleife</translation>
    </message>
    <message>
      <source>Open a video</source>
      <translation>Video öffnen</translation>
    </message>
  </context>
  <context>
    <name>HelpController</name>
    <message>
      <source>A report on this system is in the clipboard; it contains no passwords.</source>
      <translation>Ein Bericht über dieses System liegt in der Zwischenablage; er enthält keine Passwörter.</translation>
    </message>
  </context>
  <context>
    <name>Inspector</name>
    <message>
      <source>Controls</source>
      <translation>Regler</translation>
    </message>
    <message>
      <source>Alarm</source>
      <translation>Alarm</translation>
    </message>
    <message>
      <source>Warn when it is hazy</source>
      <translation>Bei Dunst warnen</translation>
    </message>
    <message>
      <source>warn while the picture is hazier than this</source>
      <translation>warnen, solange das Bild dunstiger ist als hier eingestellt</translation>
    </message>
    <message>
      <source>{}
Double click: {}</source>
      <translation>{}
Doppelklick: {}</translation>
    </message>
  </context>
  <context>
    <name>InspectorController</name>
    <message>
      <source>loading …</source>
      <translation>wird geladen …</translation>
    </message>
  </context>
  <context>
    <name>KeysDialog</name>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
  </context>
  <context>
    <name>MenuController</name>
    <message>
      <source>Rows of the overlay</source>
      <translation>Zeilen der Anzeige</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Farben</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
  </context>
  <context>
    <name>MessageController</name>
    <message>
      <source>Show in folder</source>
      <translation>Im Ordner zeigen</translation>
    </message>
  </context>
  <context>
    <name>OpeningController</name>
    <message>
      <source>The password of {} is needed again.</source>
      <translation>Das Passwort von {} wird wieder benötigt.</translation>
    </message>
    <message>
      <source>Open a video</source>
      <translation>Video öffnen</translation>
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
      <translation>Entdunstet</translation>
    </message>
    <message>
      <source>Difference ×2</source>
      <translation>Differenz ×2</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
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
      <translation>Sanft</translation>
    </message>
    <message>
      <source>Clear days untouched</source>
      <translation>Klare Tage unverändert</translation>
    </message>
    <message>
      <source>Preset</source>
      <translation>Voreinstellung</translation>
    </message>
    <message>
      <source>Presets of this camera</source>
      <translation>Voreinstellungen dieser Kamera</translation>
    </message>
    <message>
      <source>Save or remove a preset</source>
      <translation>Voreinstellung speichern oder entfernen</translation>
    </message>
    <message>
      <source>Name of the preset</source>
      <translation>Name der Voreinstellung</translation>
    </message>
    <message>
      <source>name, then Enter</source>
      <translation>Name, dann Eingabetaste</translation>
    </message>
    <message>
      <source>Custom</source>
      <translation>Eigene</translation>
    </message>
    <message>
      <source>Save as preset …</source>
      <translation>Als Voreinstellung speichern …</translation>
    </message>
    <message>
      <source>Remove “{}”</source>
      <translation>„{}“ entfernen</translation>
    </message>
  </context>
  <context>
    <name>RecordingController</name>
    <message>
      <source>Recorded: {}</source>
      <translation>Aufgenommen: {}</translation>
    </message>
    <message>
      <source>Saved {} as a pair, original and dehazed</source>
      <translation>{} gespeichert, als Original und entdunstet</translation>
    </message>
  </context>
  <context>
    <name>RecordingSection</name>
    <message>
      <source>Record</source>
      <translation>Aufnehmen</translation>
    </message>
    <message>
      <source>What is recorded</source>
      <translation>Was aufgenommen wird</translation>
    </message>
    <message>
      <source>Container</source>
      <translation>Dateiformat</translation>
    </message>
    <message>
      <source>dehazed</source>
      <translation>entdunstet</translation>
    </message>
    <message>
      <source>original</source>
      <translation>original</translation>
    </message>
    <message>
      <source>both, synchronized</source>
      <translation>beides, synchron</translation>
    </message>
    <message>
      <source>Matroska (.mkv)</source>
      <translation>Matroska (.mkv)</translation>
    </message>
    <message>
      <source>fragmented MP4 (.mp4)</source>
      <translation>fragmentiertes MP4 (.mp4)</translation>
    </message>
    <message>
      <source>Both survive a power cut: all but the last second can be played</source>
      <translation>Beide überstehen einen Stromausfall: alles bis auf die letzte Sekunde ist abspielbar</translation>
    </message>
    <message>
      <source>Folder for recordings and snapshots</source>
      <translation>Ordner für Aufnahmen und Schnappschüsse</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Inhalt</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
  </context>
  <context>
    <name>SavedSource</name>
    <message>
      <source>Camera {}</source>
      <translation>Kamera {}</translation>
    </message>
    <message>
      <source>{} does not exist; check the name.</source>
      <translation>{} gibt es nicht; prüfen Sie den Namen.</translation>
    </message>
    <message>
      <source>An address begins with one of: {}; for example rtsp://192.168.1.20/stream.</source>
      <translation>Eine Adresse beginnt mit einem von: {}; zum Beispiel rtsp://192.168.1.20/stream.</translation>
    </message>
    <message>
      <source>The port in this address is not a number from 0 to 65535.</source>
      <translation>Der Port in dieser Adresse ist keine Zahl von 0 bis 65535.</translation>
    </message>
    <message>
      <source>This address names no host; for example rtsp://192.168.1.20/stream.</source>
      <translation>Dieser Adresse fehlt der Rechner; zum Beispiel rtsp://192.168.1.20/stream.</translation>
    </message>
    <message>
      <source>Videos ({});;All files (*)</source>
      <translation>Videos ({});;Alle Dateien (*)</translation>
    </message>
  </context>
  <context>
    <name>SeekBar</name>
    <message>
      <source>Position in the file</source>
      <translation>Stelle in der Datei</translation>
    </message>
  </context>
  <context>
    <name>Shutdown</name>
    <message>
      <source>Recording</source>
      <translation>Aufnahme</translation>
    </message>
    <message>
      <source>A recording is running. Stop it and quit?</source>
      <translation>Eine Aufnahme läuft. Anhalten und beenden?</translation>
    </message>
    <message>
      <source>Stop and quit</source>
      <translation>Anhalten und beenden</translation>
    </message>
    <message>
      <source>Continue recording</source>
      <translation>Weiter aufnehmen</translation>
    </message>
  </context>
  <context>
    <name>SourceDialog</name>
    <message>
      <source>Open a camera or video</source>
      <translation>Kamera oder Video öffnen</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>A camera on this computer</source>
      <translation>Eine Kamera an diesem Computer</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>A camera or stream in the network</source>
      <translation>Eine Kamera oder ein Strom im Netz</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>A video file</source>
      <translation>Eine Videodatei</translation>
    </message>
    <message>
      <source>Kind of source</source>
      <translation>Art der Quelle</translation>
    </message>
    <message>
      <source>optional, for example “Gate north”</source>
      <translation>freiwillig, zum Beispiel „Tor Nord“</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
  </context>
  <context>
    <name>Sparkline</name>
    <message>
      <source>Haze over the last two minutes</source>
      <translation>Dunst der letzten zwei Minuten</translation>
    </message>
    <message>
      <source>Haze over the last two minutes; the dashed line is the alarm</source>
      <translation>Dunst der letzten zwei Minuten; die gestrichelte Linie ist der Alarm</translation>
    </message>
  </context>
  <context>
    <name>StartPage</name>
    <message>
      <source>Drop a video here, or choose a camera</source>
      <translation>Video hier ablegen oder eine Kamera wählen</translation>
    </message>
    <message>
      <source>Try it with the sample clip</source>
      <translation>Mit dem Beispielfilm ausprobieren</translation>
    </message>
    <message>
      <source>Sample clip</source>
      <translation>Beispielfilm</translation>
    </message>
    <message>
      <source>Open a file …</source>
      <translation>Datei öffnen …</translation>
    </message>
    <message>
      <source>Camera or address …</source>
      <translation>Kamera oder Adresse …</translation>
    </message>
    <message>
      <source>camera on this computer</source>
      <translation>Kamera an diesem Computer</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Kameras</translation>
    </message>
    <message>
      <source>Recent</source>
      <translation>Zuletzt</translation>
    </message>
    <message>
      <source>No camera is connected to this computer; one that is plugged in appears here.</source>
      <translation>An diesen Computer ist keine Kamera angeschlossen; sie erscheint hier, sobald sie angesteckt ist.</translation>
    </message>
    <message>
      <source>Forget this source</source>
      <translation>Diese Quelle vergessen</translation>
    </message>
    <message>
      <source>file played like a live camera</source>
      <translation>Datei, wie live abgespielt</translation>
    </message>
  </context>
  <context>
    <name>StartPageController</name>
    <message>
      <source>Loading the model …</source>
      <translation>Modell wird geladen …</translation>
    </message>
    <message>
      <source>Ready: model {} with weights {}, on {}</source>
      <translation>Bereit: Modell {} mit Gewichten {}, auf {}</translation>
    </message>
  </context>
  <context>
    <name>StatusBar</name>
    <message>
      <source>haze</source>
      <translation>Dunst</translation>
    </message>
    <message>
      <source>Time since this source was opened</source>
      <translation>Zeit seit dem Öffnen dieser Quelle</translation>
    </message>
    <message>
      <source>haze {}</source>
      <translation>Dunst {}</translation>
    </message>
    <message>
      <source>▲ haze above {:.0f} %</source>
      <translation>▲ Dunst über {:.0f} %</translation>
    </message>
    <message>
      <source>governor: {}</source>
      <translation>Regelung: {}</translation>
    </message>
    <message>
      <source>clear: passed untouched</source>
      <translation>klar: unverändert</translation>
    </message>
    <message>
      <source>visibility {}</source>
      <translation>Sicht {}</translation>
    </message>
  </context>
  <context>
    <name>ThresholdSection</name>
    <message>
      <source>Threshold</source>
      <translation>Schwelle</translation>
    </message>
    <message>
      <source>{}: threshold</source>
      <translation>{}: Schwelle</translation>
    </message>
    <message>
      <source>{:.0f} %</source>
      <translation>{:.0f} %</translation>
    </message>
    <message>
      <source>off</source>
      <translation>aus</translation>
    </message>
  </context>
  <context>
    <name>Tile</name>
    <message>
      <source>{}
Double click or Enter enlarges</source>
      <translation>{}
Doppelklick oder Eingabetaste vergrößert</translation>
    </message>
    <message>
      <source>Last picture {} ago.</source>
      <translation>Letztes Bild vor {}.</translation>
    </message>
    <message>
      <source>recording</source>
      <translation>nimmt auf</translation>
    </message>
  </context>
  <context>
    <name>TopBar</name>
    <message>
      <source>View</source>
      <translation>Ansicht</translation>
    </message>
    <message>
      <source>Recording time</source>
      <translation>Aufnahmezeit</translation>
    </message>
    <message>
      <source>Cameras that are open</source>
      <translation>Geöffnete Kameras</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>Camera: {}</source>
      <translation>Kamera: {}</translation>
    </message>
  </context>
  <context>
    <name>Webcams</name>
    <message>
      <source>Camera names come from the system, because Qt Multimedia cannot be loaded ({}).</source>
      <translation>Die Namen der Kameras kommen vom System, weil Qt Multimedia nicht geladen werden kann ({}).</translation>
    </message>
  </context>
  <context>
    <name>actions</name>
    <message>
      <source>Source</source>
      <translation>Quelle</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansicht</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>Playing a file</source>
      <translation>Datei abspielen</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Fenster</translation>
    </message>
    <message>
      <source>Open a camera or video</source>
      <translation>Kamera oder Video öffnen</translation>
    </message>
    <message>
      <source>Close this source</source>
      <translation>Diese Quelle schließen</translation>
    </message>
    <message>
      <source>Try again now</source>
      <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
      <source>Next camera</source>
      <translation>Nächste Kamera</translation>
    </message>
    <message>
      <source>All cameras side by side</source>
      <translation>Alle Kameras nebeneinander</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Aufnehmen</translation>
    </message>
    <message>
      <source>Snapshot, original and dehazed</source>
      <translation>Schnappschuss, original und entdunstet</translation>
    </message>
    <message>
      <source>Show the original while held</source>
      <translation>Original zeigen, solange gehalten</translation>
    </message>
    <message>
      <source>Move the divider left</source>
      <translation>Teiler nach links</translation>
    </message>
    <message>
      <source>Move the divider right</source>
      <translation>Teiler nach rechts</translation>
    </message>
    <message>
      <source>Numbers over the picture</source>
      <translation>Zahlen über dem Bild</translation>
    </message>
    <message>
      <source>Loupe, pixels one to one</source>
      <translation>Lupe, Pixel eins zu eins</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <source>Fit to the window</source>
      <translation>An das Fenster anpassen</translation>
    </message>
    <message>
      <source>Move the view left</source>
      <translation>Ausschnitt nach links</translation>
    </message>
    <message>
      <source>Move the view right</source>
      <translation>Ausschnitt nach rechts</translation>
    </message>
    <message>
      <source>Move the view up</source>
      <translation>Ausschnitt nach oben</translation>
    </message>
    <message>
      <source>Move the view down</source>
      <translation>Ausschnitt nach unten</translation>
    </message>
    <message>
      <source>More strength</source>
      <translation>Mehr Stärke</translation>
    </message>
    <message>
      <source>Less strength</source>
      <translation>Weniger Stärke</translation>
    </message>
    <message>
      <source>Pause or resume</source>
      <translation>Anhalten oder fortsetzen</translation>
    </message>
    <message>
      <source>Next picture</source>
      <translation>Nächstes Bild</translation>
    </message>
    <message>
      <source>Previous picture</source>
      <translation>Vorheriges Bild</translation>
    </message>
    <message>
      <source>5 seconds forward</source>
      <translation>5 Sekunden vor</translation>
    </message>
    <message>
      <source>5 seconds back</source>
      <translation>5 Sekunden zurück</translation>
    </message>
    <message>
      <source>1 minute forward</source>
      <translation>1 Minute vor</translation>
    </message>
    <message>
      <source>1 minute back</source>
      <translation>1 Minute zurück</translation>
    </message>
    <message>
      <source>Hide or show the controls (while the picture has the focus)</source>
      <translation>Regler aus- oder einblenden (wenn das Bild den Fokus hat)</translation>
    </message>
    <message>
      <source>Go to the next area: picture, bar, controls</source>
      <translation>Zum nächsten Bereich: Bild, Leiste, Regler</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <source>Leave full screen</source>
      <translation>Vollbild verlassen</translation>
    </message>
    <message>
      <source>List of keys</source>
      <translation>Liste der Tasten</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Copy a report on this system</source>
      <translation>Bericht über dieses System kopieren</translation>
    </message>
    <message>
      <source>Enter user and password …</source>
      <translation>Benutzer und Passwort eingeben …</translation>
    </message>
    <message>
      <source>Change …</source>
      <translation>Ändern …</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Einzelheiten</translation>
    </message>
    <message>
      <source>Compute on the processor</source>
      <translation>Auf dem Prozessor rechnen</translation>
    </message>
    <message>
      <source>Original</source>
      <translation>Original</translation>
    </message>
    <message>
      <source>Dehazed</source>
      <translation>Entdunstet</translation>
    </message>
    <message>
      <source>Wipe</source>
      <translation>Teilung</translation>
    </message>
    <message>
      <source>Side</source>
      <translation>Doppelt</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Differenz</translation>
    </message>
  </context>
  <context>
    <name>faults</name>
    <message>
      <source>Try again now</source>
      <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
      <source>Play again</source>
      <translation>Noch einmal abspielen</translation>
    </message>
    <message>
      <source>Reconnecting, attempt {} …</source>
      <translation>Neue Verbindung, Versuch {} …</translation>
    </message>
    <message>
      <source>Connecting, attempt {} …</source>
      <translation>Verbindung, Versuch {} …</translation>
    </message>
    <message>
      <source>Reconnecting, attempt {}, next in {} s</source>
      <translation>Neue Verbindung, Versuch {}, nächster in {} s</translation>
    </message>
    <message>
      <source>Connecting, attempt {}, next in {} s</source>
      <translation>Verbindung, Versuch {}, nächster in {} s</translation>
    </message>
    <message>
      <source>Enter user and password …</source>
      <translation>Benutzer und Passwort eingeben …</translation>
    </message>
    <message>
      <source>Compute on the processor</source>
      <translation>Auf dem Prozessor rechnen</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>Neu starten</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
  </context>
  <context>
    <name>options</name>
    <message>
      <source>how much of the haze to remove; 0 leaves every pixel as it is, above 100 more than is measured</source>
      <translation>wie viel des Dunstes entfernt wird; 0 lässt jedes Pixel, wie es ist, über 100 entfernt mehr als gemessen</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>Stärke</translation>
    </message>
    <message>
      <source>smoothing over time against flicker; 0 is none</source>
      <translation>zeitliche Glättung gegen Flimmern; 0 ist keine</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>Glättung</translation>
    </message>
    <message>
      <source>pass frames hazier by less than this untouched; 0 is never</source>
      <translation>Bilder mit weniger Dunst als hier unverändert durchlassen; 0 ist nie</translation>
    </message>
    <message>
      <source>Bypass</source>
      <translation>Durchlass</translation>
    </message>
    <message>
      <source>Leave clear pictures untouched</source>
      <translation>Klare Bilder nicht ändern</translation>
    </message>
    <message>
      <source>network to use (--list-models shows all)</source>
      <translation>welches Netzwerk rechnet (--list-models zeigt alle)</translation>
    </message>
    <message>
      <source>packaged set by name, or path of a .safetensors file</source>
      <translation>mitgelieferter Satz nach Namen oder Pfad einer .safetensors-Datei</translation>
    </message>
    <message>
      <source>where to compute: auto, cpu, cuda or cuda:N</source>
      <translation>wo gerechnet wird: auto, cpu, cuda oder cuda:N</translation>
    </message>
    <message>
      <source>number format of the network; auto is the quickest, measured at first use</source>
      <translation>Zahlenformat des Netzwerks; auto ist das schnellste, bei der ersten Nutzung gemessen</translation>
    </message>
    <message>
      <source>how RTSP carries the picture</source>
      <translation>wie RTSP das Bild überträgt</translation>
    </message>
    <message>
      <source>how much is buffered against an uneven network</source>
      <translation>wie viel gegen ein ungleichmäßiges Netz gepuffert wird</translation>
    </message>
    <message>
      <source>haze field, fast (default)</source>
      <translation>Dunstfeld, schnell (Vorgabe)</translation>
    </message>
    <message>
      <source>Rich Feature Distillation student, exact</source>
      <translation>Rich-Feature-Distillation-Schüler, genau</translation>
    </message>
  </context>
  <context>
    <name>readout</name>
    <message>
      <source>in · dehazed · painted</source>
      <translation>ein · entdunstet · gezeigt</translation>
    </message>
    <message>
      <source>latency p50 / p95</source>
      <translation>Latenz p50 / p95</translation>
    </message>
    <message>
      <source>queue · dropped</source>
      <translation>wartend · verworfen</translation>
    </message>
    <message>
      <source>device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <source>haze · visibility</source>
      <translation>Dunst · Sicht</translation>
    </message>
    <message>
      <source>flicker before → after</source>
      <translation>Flimmern vorher → nachher</translation>
    </message>
    <message>
      <source>age of picture</source>
      <translation>Alter des Bildes</translation>
    </message>
    <message>
      <source>grid {}×{}</source>
      <translation>Raster {}×{}</translation>
    </message>
    <message>
      <source>{} recorded, {} free</source>
      <translation>{} aufgenommen, {} frei</translation>
    </message>
    <message>
      <source>{}, {} left</source>
      <translation>{}, reicht für {}</translation>
    </message>
    <message>
      <source>full quality</source>
      <translation>volle Qualität</translation>
    </message>
  </context>
  <context>
    <name>state</name>
    <message>
      <source>live</source>
      <translation>live</translation>
    </message>
    <message>
      <source>playing</source>
      <translation>läuft</translation>
    </message>
    <message>
      <source>connecting</source>
      <translation>verbindet</translation>
    </message>
    <message>
      <source>reconnecting</source>
      <translation>verbindet neu</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>ended</source>
      <translation>beendet</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>gestoppt</translation>
    </message>
  </context>
</TS>
