<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
  <context>
    <name>ActivityLog</name>
    <message>
      <source>What you do cannot be written down for evidence packs: {}</source>
      <translation>Was Sie tun, kann für Beweispakete nicht aufgezeichnet werden: {}</translation>
    </message>
  </context>
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
      <source>Find cameras on the network…</source>
      <translation>Kameras im Netz suchen…</translation>
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
    <name>AlarmController</name>
    <message>
      <source>Acknowledge</source>
      <translation>Bestätigen</translation>
    </message>
  </context>
  <context>
    <name>AlarmEventsDialog</name>
    <message>
      <source>Haze alarms</source>
      <translation>Dunstalarme</translation>
    </message>
    <message>
      <source>There was no alarm since the program was started.</source>
      <translation>Seit dem Start des Programms gab es keinen Alarm.</translation>
    </message>
    <message>
      <source>Acknowledge</source>
      <translation>Bestätigen</translation>
    </message>
    <message>
      <source>Acknowledge all</source>
      <translation>Alle bestätigen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Choose an alarm that is not acknowledged in the list</source>
      <translation>Wählen Sie in der Liste einen Alarm, der nicht bestätigt ist</translation>
    </message>
    <message>
      <source>lasts</source>
      <translation>dauert an</translation>
    </message>
    <message>
      <source>acknowledged</source>
      <translation>bestätigt</translation>
    </message>
    <message>
      <source>▲ not acknowledged</source>
      <translation>▲ nicht bestätigt</translation>
    </message>
    <message>
      <source>haze up to {:.0f} %, limit {:.0f} %</source>
      <translation>Dunst bis {:.0f} %, Grenze {:.0f} %</translation>
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
    <name>BookmarkController</name>
    <message>
      <source>Save as CSV…</source>
      <translation>Als CSV speichern…</translation>
    </message>
    <message>
      <source>Save as JSON…</source>
      <translation>Als JSON speichern…</translation>
    </message>
    <message>
      <source>Read from a file…</source>
      <translation>Aus einer Datei lesen…</translation>
    </message>
    <message>
      <source>Save bookmarks</source>
      <translation>Lesezeichen speichern</translation>
    </message>
    <message>
      <source>Saved {}</source>
      <translation>{} gespeichert</translation>
    </message>
    <message>
      <source>Read bookmarks</source>
      <translation>Lesezeichen lesen</translation>
    </message>
    <message>
      <source>{} bookmarks are new or changed</source>
      <translation>{} Lesezeichen sind neu oder geändert</translation>
    </message>
  </context>
  <context>
    <name>BookmarksTab</name>
    <message>
      <source>Colour of the bookmark</source>
      <translation>Farbe des Lesezeichens</translation>
    </message>
    <message>
      <source>No bookmarks yet. B sets one at the playhead, or over what is marked.</source>
      <translation>Noch keine Lesezeichen. B setzt eines an der Abspielmarke oder über das Markierte.</translation>
    </message>
    <message>
      <source>Search notes, cameras, dates</source>
      <translation>Notizen, Kameras, Daten durchsuchen</translation>
    </message>
    <message>
      <source>Search bookmarks</source>
      <translation>Lesezeichen durchsuchen</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Note of the bookmark</source>
      <translation>Notiz des Lesezeichens</translation>
    </message>
    <message>
      <source>Yellow</source>
      <translation>Gelb</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>Purple</source>
      <translation>Violett</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>Grau</translation>
    </message>
    <message>
      <source>Bookmarks</source>
      <translation>Lesezeichen</translation>
    </message>
    <message>
      <source>Remove the chosen bookmarks</source>
      <translation>Ausgewählte Lesezeichen entfernen</translation>
    </message>
    <message>
      <source>Import and export bookmarks</source>
      <translation>Lesezeichen einlesen und ausgeben</translation>
    </message>
    <message>
      <source>Nothing found.</source>
      <translation>Nichts gefunden.</translation>
    </message>
  </context>
  <context>
    <name>Camera</name>
    <message>
      <source>Loading the model…</source>
      <translation>Modell wird geladen…</translation>
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
    <name>CameraList</name>
    <message>
      <source>Cameras</source>
      <translation>Kameras</translation>
    </message>
  </context>
  <context>
    <name>CameraModel</name>
    <message>
      <source>{count} files, {about}</source>
      <translation>{count} Dateien, {about}</translation>
    </message>
  </context>
  <context>
    <name>CameraPage</name>
    <message>
      <source>Last picture {} ago</source>
      <translation>Letztes Bild vor {}</translation>
    </message>
  </context>
  <context>
    <name>EngineOffer</name>
    <message>
      <source>Use it</source>
      <translation>Verwenden</translation>
    </message>
    <message>
      <source>Loading and timing {}…</source>
      <translation>{} wird geladen und gemessen…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>{name}: about {fps} fps on this machine; the camera sends {rate}.</source>
      <translation>{name}: etwa {fps} Bilder/s auf diesem Rechner; die Kamera sendet {rate}.</translation>
    </message>
    <message>
      <source>Keep {}</source>
      <translation>{} behalten</translation>
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
      <source>the camera's own rate</source>
      <translation>Bildrate der Kamera</translation>
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
      <source>Choose a file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Measured here: {text}</source>
      <translation>Hier gemessen: {text}</translation>
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
    <name>EvidenceDialog</name>
    <message>
      <source>Evidence pack</source>
      <translation>Beweispaket</translation>
    </message>
    <message>
      <source>Add to the queue</source>
      <translation>In die Warteschlange</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Case</source>
      <translation>Fall</translation>
    </message>
    <message>
      <source>for example a file number</source>
      <translation>zum Beispiel ein Aktenzeichen</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>Bearbeiter</translation>
    </message>
    <message>
      <source>your name</source>
      <translation>Ihr Name</translation>
    </message>
    <message>
      <source>Key to sign with</source>
      <translation>Schlüssel zum Signieren</translation>
    </message>
    <message>
      <source>none: the pack is not signed</source>
      <translation>keiner: Das Paket wird nicht signiert</translation>
    </message>
    <message>
      <source>File to write</source>
      <translation>Zieldatei</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>One ZIP file with the original packets, the dehazed films, pairs of snapshots, checksums of everything, all settings and the log of what was done. dehazer-verify says later whether anything in it was altered.</source>
      <translation>Eine ZIP-Datei mit den originalen Paketen, den entdunsteten Filmen, Schnappschusspaaren, Prüfsummen von allem, allen Einstellungen und dem Protokoll der Arbeit. dehazer-verify sagt später, ob daran etwas verändert wurde.</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Kameras</translation>
    </message>
    <message>
      <source>Sign with</source>
      <translation>Signieren mit</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Ziel</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen…</translation>
    </message>
  </context>
  <context>
    <name>ExportController</name>
    <message>
      <source>Mark a beginning (Shift+I) and an end (Shift+O) first.</source>
      <translation>Markieren Sie zuerst Anfang (Umschalt+I) und Ende (Umschalt+O).</translation>
    </message>
    <message>
      <source>The model is still being loaded; try again in a moment.</source>
      <translation>Das Modell wird noch geladen; versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
      <source>{} to {}, {}</source>
      <translation>{} bis {}, {}</translation>
    </message>
    <message>
      <source>Exports</source>
      <translation>Exporte</translation>
    </message>
    <message>
      <source>Exports are running. They stop when this window is closed, and go on from there when it is opened again.</source>
      <translation>Exporte laufen. Sie halten an, wenn dieses Fenster geschlossen wird, und gehen beim nächsten Öffnen dort weiter.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Keep open</source>
      <translation>Offen lassen</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Add to the queue</source>
      <translation>In die Warteschlange</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>What to export</source>
      <translation>Was exportiert wird</translation>
    </message>
    <message>
      <source>Draw the time into the pictures</source>
      <translation>Uhrzeit in die Bilder schreiben</translation>
    </message>
    <message>
      <source>Draw the camera's name</source>
      <translation>Namen der Kamera einblenden</translation>
    </message>
    <message>
      <source>Draw “ENHANCED” into dehazed pictures</source>
      <translation>„ENHANCED“ in entdunstete Bilder schreiben</translation>
    </message>
    <message>
      <source>Bookmarks as chapters</source>
      <translation>Lesezeichen als Kapitel</translation>
    </message>
    <message>
      <source>File or folder to write</source>
      <translation>Zieldatei oder Zielordner</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen…</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Kameras</translation>
    </message>
    <message>
      <source>Drawn into the pictures</source>
      <translation>In die Bilder geschrieben</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Ziel</translation>
    </message>
    <message>
      <source>Folder for the pictures</source>
      <translation>Ordner für die Bilder</translation>
    </message>
    <message>
      <source>Export to</source>
      <translation>Exportieren nach</translation>
    </message>
  </context>
  <context>
    <name>ExportRow</name>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>Neu beginnen</translation>
    </message>
    <message>
      <source>Verify the pack</source>
      <translation>Paket prüfen</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>Im Ordner zeigen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Remove from the list</source>
      <translation>Aus der Liste entfernen</translation>
    </message>
  </context>
  <context>
    <name>ExportsTab</name>
    <message>
      <source>Nothing was exported yet. Mark a beginning and an end, then export.</source>
      <translation>Noch nichts exportiert. Anfang und Ende markieren, dann exportieren.</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>Evidence pack…</source>
      <translation>Beweispaket…</translation>
    </message>
  </context>
  <context>
    <name>FaultCard</name>
    <message>
      <source>Change…</source>
      <translation>Ändern…</translation>
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
    <name>FaultList</name>
    <message>
      <source>Unreadable files</source>
      <translation>Unlesbare Dateien</translation>
    </message>
    <message>
      <source>Unreadable files with the reason</source>
      <translation>Unlesbare Dateien mit dem Grund</translation>
    </message>
    <message>
      <source>and {} more</source>
      <translation>und {} weitere</translation>
    </message>
  </context>
  <context>
    <name>FileForm</name>
    <message>
      <source>Browse…</source>
      <translation>Suchen…</translation>
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
    <name>FindCamerasDialog</name>
    <message>
      <source>Cameras on the network</source>
      <translation>Kameras im Netz</translation>
    </message>
    <message>
      <source>Find cameras</source>
      <translation>Kameras suchen</translation>
    </message>
    <message>
      <source>Save the password in the system's keyring</source>
      <translation>Passwort im Schlüsselbund speichern</translation>
    </message>
    <message>
      <source>Stream</source>
      <translation>Stream</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>Verbinden</translation>
    </message>
    <message>
      <source>Cameras that answered</source>
      <translation>Kameras, die geantwortet haben</translation>
    </message>
    <message>
      <source>Asks everything on the local network once for cameras with ONVIF.</source>
      <translation>Fragt im lokalen Netz einmal nach Kameras mit ONVIF.</translation>
    </message>
    <message>
      <source>Camera, or its address</source>
      <translation>Kamera oder ihre Adresse</translation>
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
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Suche läuft…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Camera without a name</source>
      <translation>Kamera ohne Namen</translation>
    </message>
    <message>
      <source>No camera answered. It may have ONVIF switched off or be in another network; enter its address.</source>
      <translation>Keine Kamera hat geantwortet. Vielleicht ist ONVIF bei ihr ausgeschaltet, oder sie ist in einem anderen Netz; geben Sie ihre Adresse ein.</translation>
    </message>
    <message>
      <source>Cameras found: {}</source>
      <translation>Gefundene Kameras: {}</translation>
    </message>
    <message>
      <source>known once connected</source>
      <translation>nach dem Verbinden bekannt</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Connecting…</source>
      <translation>Verbindung wird aufgebaut…</translation>
    </message>
    <message>
      <source>Opened: {}</source>
      <translation>Geöffnet: {}</translation>
    </message>
  </context>
  <context>
    <name>FootageCalendar</name>
    <message>
      <source>Days with footage</source>
      <translation>Tage mit Aufnahmen</translation>
    </message>
    <message>
      <source>Month before</source>
      <translation>Monat davor</translation>
    </message>
    <message>
      <source>Next month</source>
      <translation>Nächster Monat</translation>
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
      <source>{}
Double click: {}</source>
      <translation>{}
Doppelklick: {}</translation>
    </message>
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
  </context>
  <context>
    <name>InspectorController</name>
    <message>
      <source>loading…</source>
      <translation>wird geladen…</translation>
    </message>
  </context>
  <context>
    <name>JumpControls</name>
    <message>
      <source>Go to</source>
      <translation>Gehe zu</translation>
    </message>
    <message>
      <source>Foggiest</source>
      <translation>Am dunstigsten</translation>
    </message>
    <message>
      <source>The foggiest ten minutes of the cameras shown</source>
      <translation>Die dunstigsten zehn Minuten der gezeigten Kameras</translation>
    </message>
    <message>
      <source>No haze was measured yet.</source>
      <translation>Noch kein Dunst gemessen.</translation>
    </message>
    <message>
      <source>Clearest</source>
      <translation>Am klarsten</translation>
    </message>
    <message>
      <source>The clearest ten minutes of the cameras shown</source>
      <translation>Die klarsten zehn Minuten der gezeigten Kameras</translation>
    </message>
    <message>
      <source>Next fog</source>
      <translation>Nächster Nebel</translation>
    </message>
    <message>
      <source>The next foggy stretch behind the playhead</source>
      <translation>Der nächste neblige Abschnitt nach der Abspielmarke</translation>
    </message>
    <message>
      <source>No foggy stretch behind the playhead.</source>
      <translation>Kein nebliger Abschnitt nach der Abspielmarke.</translation>
    </message>
    <message>
      <source>Next change</source>
      <translation>Nächster Wechsel</translation>
    </message>
    <message>
      <source>Where fog comes or goes next</source>
      <translation>Wo der Nebel als Nächstes kommt oder geht</translation>
    </message>
    <message>
      <source>The fog does not change behind the playhead.</source>
      <translation>Nach der Abspielmarke ändert sich der Nebel nicht.</translation>
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
    <name>LibraryController</name>
    <message>
      <source>Open a folder of recordings</source>
      <translation>Einen Ordner mit Aufnahmen öffnen</translation>
    </message>
    <message>
      <source>{} and {} more</source>
      <translation>{} und {} weitere</translation>
    </message>
    <message>
      <source>{} of {} recordings read…</source>
      <translation>{} von {} Aufnahmen gelesen…</translation>
    </message>
    <message>
      <source>, {} unreadable</source>
      <translation>, {} unlesbar</translation>
    </message>
    <message>
      <source>Looking for recordings…</source>
      <translation>Aufnahmen werden gesucht…</translation>
    </message>
    <message>
      <source>Open another folder, or drop one.</source>
      <translation>Öffnen Sie einen anderen Ordner oder ziehen Sie einen hierher.</translation>
    </message>
    <message>
      <source>There are no recordings here. Open another folder, or drop one.</source>
      <translation>Hier sind keine Aufnahmen. Öffnen Sie einen anderen Ordner oder ziehen Sie einen hierher.</translation>
    </message>
    <message>
      <source>None of the {} files here can be read; the reasons stand in the list at the left.</source>
      <translation>Keine der {} Dateien hier ist lesbar; die Gründe stehen links in der Liste.</translation>
    </message>
    <message>
      <source>1 recording</source>
      <translation>1 Aufnahme</translation>
    </message>
    <message>
      <source>{} recordings</source>
      <translation>{} Aufnahmen</translation>
    </message>
    <message>
      <source>1 camera</source>
      <translation>1 Kamera</translation>
    </message>
    <message>
      <source>{} cameras</source>
      <translation>{} Kameras</translation>
    </message>
  </context>
  <context>
    <name>LibraryPanel</name>
    <message>
      <source>Partly: {}</source>
      <translation>Teils: {}</translation>
    </message>
    <message>
      <source>by name</source>
      <translation>nach Namen</translation>
    </message>
    <message>
      <source>Times are from file and folder names.</source>
      <translation>Die Zeiten stammen aus Datei- und Ordnernamen.</translation>
    </message>
    <message>
      <source>by metadata</source>
      <translation>nach Metadaten</translation>
    </message>
    <message>
      <source>Times are from the metadata.</source>
      <translation>Die Zeiten stammen aus den Metadaten.</translation>
    </message>
    <message>
      <source>by file date</source>
      <translation>nach Dateidatum</translation>
    </message>
    <message>
      <source>Times are from the dates of the files, because nothing else tells them; they may be wrong. A name pattern can put that right.</source>
      <translation>Die Zeiten stammen aus den Dateidaten, weil nichts anderes sie nennt; sie können falsch sein. Ein Namensmuster kann das richtigstellen.</translation>
    </message>
    <message>
      <source>set by hand</source>
      <translation>von Hand gesetzt</translation>
    </message>
    <message>
      <source>Times were corrected by hand.</source>
      <translation>Die Zeiten wurden von Hand berichtigt.</translation>
    </message>
    <message>
      <source>Filter cameras</source>
      <translation>Kameras filtern</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Kameras</translation>
    </message>
    <message>
      <source>Name patterns…</source>
      <translation>Namensmuster…</translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <translation>Ordner öffnen…</translation>
    </message>
  </context>
  <context>
    <name>MenuController</name>
    <message>
      <source>Walls</source>
      <translation>Wände</translation>
    </message>
    <message>
      <source>Rows of the overlay</source>
      <translation>Zeilen der Anzeige</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Farben</translation>
    </message>
    <message>
      <source>Open the last wall at start</source>
      <translation>Letzte Wand beim Start öffnen</translation>
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
    <message>
      <source>{}: {}</source>
      <translation>{}: {}</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>OpeningController</name>
    <message>
      <source>The password of {} is needed again.</source>
      <translation>Das Passwort von {} wird wieder benötigt.</translation>
    </message>
  </context>
  <context>
    <name>PatternDialog</name>
    <message>
      <source>Names and times of recordings</source>
      <translation>Namen und Zeiten der Aufnahmen</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>Zeitzone</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>Anwenden</translation>
    </message>
    <message>
      <source>Patterns, one in a line</source>
      <translation>Muster, eines je Zeile</translation>
    </message>
    <message>
      <source>Names of well-known recorders are understood by themselves. For others, write one pattern in a line: fields in braces, a slash for a folder above, a star for any text. The first pattern that fits is used.</source>
      <translation>Namen bekannter Rekorder werden von selbst verstanden. Für andere schreiben Sie ein Muster je Zeile: Felder in geschweiften Klammern, ein Schrägstrich für einen Ordner darüber, ein Stern für beliebigen Text. Das erste passende Muster gilt.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Insert this field</source>
      <translation>Dieses Feld einfügen</translation>
    </message>
    <message>
      <source>Time zone of the recordings</source>
      <translation>Zeitzone der Aufnahmen</translation>
    </message>
    <message>
      <source>No time zone has this name; choose one from the list.</source>
      <translation>Keine Zeitzone heißt so; wählen Sie eine aus der Liste.</translation>
    </message>
    <message>
      <source>The patterns fit {fitting} of {count} names, {understood} have a time</source>
      <translation>Die Muster passen auf {fitting} von {count} Namen, {understood} haben eine Zeit</translation>
    </message>
    <message>
      <source>{understood} of {count} names are understood without a pattern</source>
      <translation>{understood} von {count} Namen werden ohne Muster verstanden</translation>
    </message>
  </context>
  <context>
    <name>PatternPreview</name>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>What the patterns read</source>
      <translation>Was die Muster lesen</translation>
    </message>
  </context>
  <context>
    <name>PictureTab</name>
    <message>
      <source>Use for all cameras</source>
      <translation>Für alle Kameras übernehmen</translation>
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
    <name>PlaybackController</name>
    <message>
      <source>Loading the model…</source>
      <translation>Das Modell wird geladen…</translation>
    </message>
    <message>
      <source>“{}” is not a frame number; type a whole number from 0 on.</source>
      <translation>„{}“ ist keine Bildnummer; geben Sie eine ganze Zahl ab 0 ein.</translation>
    </message>
  </context>
  <context>
    <name>PlaylistController</name>
    <message>
      <source>Open a folder of videos</source>
      <translation>Ordner mit Videos öffnen</translation>
    </message>
    <message>
      <source>Open videos</source>
      <translation>Videos öffnen</translation>
    </message>
  </context>
  <context>
    <name>PlaylistPanel</name>
    <message>
      <source>Videos</source>
      <translation>Videos</translation>
    </message>
    <message>
      <source>{} of {}</source>
      <translation>{} von {}</translation>
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
      <source>Save as preset…</source>
      <translation>Als Voreinstellung speichern…</translation>
    </message>
    <message>
      <source>Remove “{}”</source>
      <translation>„{}“ entfernen</translation>
    </message>
  </context>
  <context>
    <name>PublishDialog</name>
    <message>
      <source>Publish {}</source>
      <translation>{} senden</translation>
    </message>
    <message>
      <source>Draw “ENHANCED” and the time into the pictures</source>
      <translation>„ENHANCED“ und die Uhrzeit in die Bilder schreiben</translation>
    </message>
    <message>
      <source>Publish</source>
      <translation>Senden</translation>
    </message>
    <message>
      <source>The dehazed pictures are sent as they come. Sound is not.</source>
      <translation>Die klaren Bilder werden gesendet, wie sie kommen. Ton nicht.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Begins with one of: {}</source>
      <translation>Beginnt mit: {}</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>Password, or key of the stream</source>
      <translation>Passwort oder Streamschlüssel</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>A password was entered, but no user; enter both, or none.</source>
      <translation>Es ist ein Passwort eingegeben, aber kein Benutzer; geben Sie beides ein oder keines.</translation>
    </message>
  </context>
  <context>
    <name>RecordingController</name>
    <message>
      <source>{} cameras are recorded</source>
      <translation>{} Kameras werden aufgenommen</translation>
    </message>
    <message>
      <source>Recorded {} files</source>
      <translation>{} Dateien aufgenommen</translation>
    </message>
    <message>
      <source>Recorded: {}</source>
      <translation>Aufgenommen: {}</translation>
    </message>
    <message>
      <source>Saved {} as a pair, original and dehazed</source>
      <translation>{} gespeichert, als Original und entdunstet</translation>
    </message>
    <message>
      <source>The disk or processor is too slow: original pictures are missing from {}.</source>
      <translation>Platte oder Prozessor ist zu langsam: In {} fehlen Originalbilder.</translation>
    </message>
    <message>
      <source>The camera or the network damages pictures; {} keeps them as they come.</source>
      <translation>Kamera oder Netz beschädigen Bilder; {} behält sie, wie sie kommen.</translation>
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
      <source>Begins</source>
      <translation>Beginnt</translation>
    </message>
    <message>
      <source>New file</source>
      <translation>Neue Datei</translation>
    </message>
    <message>
      <source>How long before the button is pressed recordings of originals begin</source>
      <translation>Wie lange vor dem Tastendruck Aufnahmen der Originale beginnen</translation>
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
    <message>
      <source>{:g} s before</source>
      <translation>{:g} s vorher</translation>
    </message>
    <message>
      <source>when pressed</source>
      <translation>beim Drücken</translation>
    </message>
    <message>
      <source>every {:g} minutes</source>
      <translation>alle {:g} Minuten</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
  </context>
  <context>
    <name>ReviewBar</name>
    <message>
      <source>Recordings</source>
      <translation>Aufnahmen</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansicht</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
  </context>
  <context>
    <name>ReviewController</name>
    <message>
      <source>Review recordings</source>
      <translation>Aufnahmen sichten</translation>
    </message>
  </context>
  <context>
    <name>ReviewMenu</name>
    <message>
      <source>Opened before</source>
      <translation>Zuletzt geöffnet</translation>
    </message>
  </context>
  <context>
    <name>ReviewMessages</name>
    <message>
      <source>Show in folder</source>
      <translation>Im Ordner zeigen</translation>
    </message>
  </context>
  <context>
    <name>ReviewTabs</name>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>Bookmarks</source>
      <translation>Lesezeichen</translation>
    </message>
    <message>
      <source>Exports</source>
      <translation>Exporte</translation>
    </message>
    <message>
      <source>Picture, bookmarks and exports</source>
      <translation>Bild, Lesezeichen und Exporte</translation>
    </message>
  </context>
  <context>
    <name>ReviewWindow</name>
    <message>
      <source>dehazer – recordings</source>
      <translation>dehazer – Aufnahmen</translation>
    </message>
  </context>
  <context>
    <name>SaveController</name>
    <message>
      <source>Saved {} as a pair, original and dehazed</source>
      <translation>{} gespeichert, als Original und entdunstet</translation>
    </message>
    <message>
      <source>Mark a beginning (Shift+I) and an end (Shift+O) first.</source>
      <translation>Markieren Sie zuerst Anfang (Umschalt+I) und Ende (Umschalt+O).</translation>
    </message>
    <message>
      <source>Making the contact sheet…</source>
      <translation>Bildbogen wird erstellt…</translation>
    </message>
    <message>
      <source>Saved {}</source>
      <translation>{} gespeichert</translation>
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
    <name>ScanStatus</name>
    <message>
      <source>Files read</source>
      <translation>Gelesene Dateien</translation>
    </message>
    <message>
      <source>Looking for recordings…</source>
      <translation>Aufnahmen werden gesucht…</translation>
    </message>
    <message>
      <source>Reading {read} of {found} files…</source>
      <translation>{read} von {found} Dateien gelesen…</translation>
    </message>
    <message>
      <source>No recordings in these folders.</source>
      <translation>Keine Aufnahmen in diesen Ordnern.</translation>
    </message>
    <message>
      <source>{found} files</source>
      <translation>{found} Dateien</translation>
    </message>
    <message>
      <source>1 file</source>
      <translation>1 Datei</translation>
    </message>
    <message>
      <source>, {} unreadable</source>
      <translation>, {} unlesbar</translation>
    </message>
  </context>
  <context>
    <name>ScheduleDialog</name>
    <message>
      <source>Recording schedule</source>
      <translation>Zeitplan für Aufnahmen</translation>
    </message>
    <message>
      <source>Record all open cameras at these times</source>
      <translation>Alle offenen Kameras zu diesen Zeiten aufnehmen</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Bis</translation>
    </message>
    <message>
      <source>What, where and in which files is chosen under Record. The window must be open; an end at or before the beginning is on the next day. A recording that you end yourself is not begun again before the next time.</source>
      <translation>Was, wohin und in welche Dateien, wird unter „Aufnehmen“ gewählt. Das Fenster muss offen sein; ein Ende, das nicht nach dem Beginn liegt, ist am nächsten Tag. Eine Aufnahme, die Sie selbst beenden, beginnt erst beim nächsten Mal wieder.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Recordings would run now.</source>
      <translation>Jetzt würde aufgenommen.</translation>
    </message>
    <message>
      <source>Next start: {}, {}</source>
      <translation>Nächster Beginn: {}, {}</translation>
    </message>
    <message>
      <source>Nothing is recorded by itself.</source>
      <translation>Nichts wird von selbst aufgenommen.</translation>
    </message>
    <message>
      <source>Choose at least one day.</source>
      <translation>Wählen Sie mindestens einen Tag.</translation>
    </message>
  </context>
  <context>
    <name>SecondScreenController</name>
    <message>
      <source>All cameras</source>
      <translation>Alle Kameras</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <source>Close this window</source>
      <translation>Dieses Fenster schließen</translation>
    </message>
  </context>
  <context>
    <name>SecondWindow</name>
    <message>
      <source>All cameras</source>
      <translation>Alle Kameras</translation>
    </message>
    <message>
      <source>No camera is open.</source>
      <translation>Keine Kamera ist geöffnet.</translation>
    </message>
  </context>
  <context>
    <name>SeekBar</name>
    <message>
      <source>Play again</source>
      <translation>Noch einmal abspielen</translation>
    </message>
    <message>
      <source>Position in the file</source>
      <translation>Stelle in der Datei</translation>
    </message>
    <message>
      <source>{} · frame {}</source>
      <translation>{} · Bild {}</translation>
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
    <name>SoundOutput</name>
    <message>
      <source>There is no device for sound on this computer; pictures play without it.</source>
      <translation>Dieser Rechner hat kein Tongerät; die Bilder laufen ohne Ton.</translation>
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
      <source>Find cameras on the network…</source>
      <translation>Kameras im Netz suchen…</translation>
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
      <source>Open a file…</source>
      <translation>Datei öffnen…</translation>
    </message>
    <message>
      <source>Camera or address…</source>
      <translation>Kamera oder Adresse…</translation>
    </message>
    <message>
      <source>Review recordings…</source>
      <translation>Aufnahmen sichten…</translation>
    </message>
    <message>
      <source>Search, dehaze and export folders of recordings; or drop folders here</source>
      <translation>Ordner mit Aufnahmen durchsuchen, entdunsten und exportieren; oder Ordner hierher ziehen</translation>
    </message>
    <message>
      <source>camera on this computer</source>
      <translation>Kamera an diesem Computer</translation>
    </message>
    <message>
      <source>Walls</source>
      <translation>Wände</translation>
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
      <source>Loading the model…</source>
      <translation>Modell wird geladen…</translation>
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
      <source>▲ warnings: {}</source>
      <translation>▲ Warnungen: {}</translation>
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
      <source>Swap places</source>
      <translation>Plätze tauschen</translation>
    </message>
    <message>
      <source>{}
Double click or Enter enlarges; drag onto another one to swap</source>
      <translation>{}
Doppelklick oder Eingabe vergrößert; zum Tauschen auf eine andere ziehen</translation>
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
    <name>TimeLine</name>
    <message>
      <source>unreadable: {}</source>
      <translation>unlesbar: {}</translation>
    </message>
    <message>
      <source>{} · still growing</source>
      <translation>{} · wächst noch</translation>
    </message>
    <message>
      <source>haze, clear to foggy</source>
      <translation>Dunst, klar bis neblig</translation>
    </message>
    <message>
      <source>not measured</source>
      <translation>nicht gemessen</translation>
    </message>
    <message>
      <source>no footage</source>
      <translation>keine Aufnahme</translation>
    </message>
    <message>
      <source>overlap</source>
      <translation>Überlappung</translation>
    </message>
    <message>
      <source>unreadable</source>
      <translation>unlesbar</translation>
    </message>
    <message>
      <source>In</source>
      <translation>Anfang</translation>
    </message>
    <message>
      <source>Out</source>
      <translation>Ende</translation>
    </message>
    <message>
      <source>{} → {}</source>
      <translation>{} → {}</translation>
    </message>
    <message>
      <source>No recordings yet</source>
      <translation>Noch keine Aufnahmen</translation>
    </message>
    <message>
      <source>Time line</source>
      <translation>Zeitleiste</translation>
    </message>
    <message>
      <source>{count} cameras, position {time}</source>
      <translation>{count} Kameras, Stelle {time}</translation>
    </message>
  </context>
  <context>
    <name>TimeLineHover</name>
    <message>
      <source>no footage after this</source>
      <translation>danach keine Aufnahme</translation>
    </message>
    <message>
      <source>no footage before this</source>
      <translation>davor keine Aufnahme</translation>
    </message>
    <message>
      <source>no footage for {}</source>
      <translation>keine Aufnahme für {}</translation>
    </message>
    <message>
      <source>haze {}</source>
      <translation>Dunst {}</translation>
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
    <name>TransportBar</name>
    <message>
      <source>Speed</source>
      <translation>Geschwindigkeit</translation>
    </message>
    <message>
      <source>Speed  ({} and {})</source>
      <translation>Geschwindigkeit  ({} und {})</translation>
    </message>
    <message>
      <source>Time of the picture</source>
      <translation>Zeit des Bildes</translation>
    </message>
    <message>
      <source>Time of the picture; type another one to go there, for example 14:05:30 or +10</source>
      <translation>Zeit des Bildes; eine andere eingeben, um dorthin zu gehen, zum Beispiel 14:05:30 oder +10</translation>
    </message>
    <message>
      <source>Frame number</source>
      <translation>Bildnummer</translation>
    </message>
    <message>
      <source>Number of the frame in its file; type another one to go there</source>
      <translation>Nummer des Bildes in seiner Datei; eine andere eingeben, um dorthin zu gehen</translation>
    </message>
    <message>
      <source>Frame</source>
      <translation>Bild</translation>
    </message>
  </context>
  <context>
    <name>VerifyController</name>
    <message>
      <source>Verify an evidence pack</source>
      <translation>Ein Beweispaket prüfen</translation>
    </message>
    <message>
      <source>Verifying {}…</source>
      <translation>{} wird geprüft…</translation>
    </message>
  </context>
  <context>
    <name>VerifyDialog</name>
    <message>
      <source>Evidence pack</source>
      <translation>Beweispaket</translation>
    </message>
    <message>
      <source>Fingerprint of the pack: {}</source>
      <translation>Fingerabdruck des Pakets: {}</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>WallController</name>
    <message>
      <source>No camera is open; open those that the wall is to have, then save it.</source>
      <translation>Keine Kamera ist geöffnet; öffnen Sie die der Wand, dann speichern Sie sie.</translation>
    </message>
    <message>
      <source>Cameras, order, views and settings: {}. Passwords are not saved.</source>
      <translation>Kameras, Anordnung, Ansichten und Einstellungen: {}. Passwörter werden nicht gespeichert.</translation>
    </message>
    <message>
      <source>Saved the wall “{}”</source>
      <translation>Wand „{}“ gespeichert</translation>
    </message>
    <message>
      <source>Remove the wall “{}”? Cameras that are open stay open.</source>
      <translation>Wand „{}“ löschen? Geöffnete Kameras bleiben offen.</translation>
    </message>
    <message>
      <source>Remove the wall</source>
      <translation>Wand löschen</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>{} is being recorded and is not part of “{}”. Stop the recording and open the wall?</source>
      <translation>{} wird aufgenommen und gehört nicht zu „{}“. Aufnahme beenden und die Wand öffnen?</translation>
    </message>
    <message>
      <source>Recording</source>
      <translation>Aufnahme</translation>
    </message>
    <message>
      <source>Stop and open</source>
      <translation>Beenden und öffnen</translation>
    </message>
    <message>
      <source>Continue recording</source>
      <translation>Weiter aufnehmen</translation>
    </message>
  </context>
  <context>
    <name>WallNameDialog</name>
    <message>
      <source>Rename the wall</source>
      <translation>Wand umbenennen</translation>
    </message>
    <message>
      <source>Save as a wall</source>
      <translation>Als Wand speichern</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>for example “Harbour, night”</source>
      <translation>zum Beispiel „Hafen, Nacht“</translation>
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
      <source>There is a wall of this name already.</source>
      <translation>Eine Wand dieses Namens gibt es schon.</translation>
    </message>
    <message>
      <source>The wall of this name is replaced.</source>
      <translation>Die Wand dieses Namens wird ersetzt.</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>Ersetzen</translation>
    </message>
  </context>
  <context>
    <name>WallPasswordsDialog</name>
    <message>
      <source>Passwords for “{}”</source>
      <translation>Passwörter für „{}“</translation>
    </message>
    <message>
      <source>Save the passwords in the system's keyring</source>
      <translation>Passwörter im Schlüsselbund des Systems speichern</translation>
    </message>
    <message>
      <source>Passwords are not part of a wall. The other cameras are open; these follow.</source>
      <translation>Passwörter gehören nicht zu einer Wand. Die anderen Kameras sind offen; diese folgen.</translation>
    </message>
    <message>
      <source>No keyring is available here; the passwords are asked for again next time.</source>
      <translation>Hier gibt es keinen Schlüsselbund; nach den Passwörtern wird beim nächsten Mal wieder gefragt.</translation>
    </message>
    <message>
      <source>The cameras are shown with a button to enter the password later</source>
      <translation>Die Kameras erscheinen mit einer Taste, um das Passwort später einzugeben</translation>
    </message>
    <message>
      <source>Open without</source>
      <translation>Ohne öffnen</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>password of {}</source>
      <translation>Passwort von {}</translation>
    </message>
  </context>
  <context>
    <name>WallStore</name>
    <message>
      <source>it is not the file of a wall</source>
      <translation>es ist keine Datei einer Wand</translation>
    </message>
    <message>
      <source>There is no wall “{}”; {}</source>
      <translation>Es gibt keine Wand „{}“; {}</translation>
    </message>
    <message>
      <source>The wall “{}” is damaged ({}); {}</source>
      <translation>Die Wand „{}“ ist beschädigt ({}); {}</translation>
    </message>
    <message>
      <source>none is saved yet. Open cameras, then save them as a wall.</source>
      <translation>noch ist keine gespeichert. Öffnen Sie Kameras, dann speichern Sie sie als Wand.</translation>
    </message>
    <message>
      <source>saved are: {}.</source>
      <translation>gespeichert sind: {}.</translation>
    </message>
    <message>
      <source>The wall “{}” cannot be saved in {} ({}); what was saved before is kept.</source>
      <translation>Die Wand „{}“ kann nicht in {} gespeichert werden ({}); was vorher gespeichert war, bleibt erhalten.</translation>
    </message>
    <message>
      <source>There is a wall “{}” already; choose another name.</source>
      <translation>Eine Wand „{}“ gibt es schon; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>{} cannot be removed ({}); check the permissions of the folder.</source>
      <translation>{} kann nicht gelöscht werden ({}); prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
      <source>“{}” is no name for a wall; give 1 to {} characters in one line.</source>
      <translation>„{}“ ist kein Name für eine Wand; geben Sie 1 bis {} Zeichen in einer Zeile an.</translation>
    </message>
  </context>
  <context>
    <name>WallsDialog</name>
    <message>
      <source>Walls</source>
      <translation>Wände</translation>
    </message>
    <message>
      <source>No wall is saved yet. Open and arrange cameras, then choose “Save these cameras as a wall”.</source>
      <translation>Noch ist keine Wand gespeichert. Öffnen und ordnen Sie Kameras, dann wählen Sie „Diese Kameras als Wand speichern“.</translation>
    </message>
    <message>
      <source>Open the last wall at start</source>
      <translation>Letzte Wand beim Start öffnen</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Umbenennen…</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Löschen…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>{}
Damaged: {}</source>
      <translation>{}
Beschädigt: {}</translation>
    </message>
    <message>
      <source>{} (open)</source>
      <translation>{} (offen)</translation>
    </message>
    <message>
      <source>{}
Cameras: {} · {}</source>
      <translation>{}
Kameras: {} · {}</translation>
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
      <source>Playing</source>
      <translation>Abspielen</translation>
    </message>
    <message>
      <source>Going to a time</source>
      <translation>Zu einer Zeit gehen</translation>
    </message>
    <message>
      <source>Marks and bookmarks</source>
      <translation>Marken und Lesezeichen</translation>
    </message>
    <message>
      <source>Exports</source>
      <translation>Exporte</translation>
    </message>
    <message>
      <source>Swap with the camera at the left</source>
      <translation>Mit der Kamera links tauschen</translation>
    </message>
    <message>
      <source>Swap with the camera at the right</source>
      <translation>Mit der Kamera rechts tauschen</translation>
    </message>
    <message>
      <source>Swap with the camera above</source>
      <translation>Mit der Kamera darüber tauschen</translation>
    </message>
    <message>
      <source>Swap with the camera below</source>
      <translation>Mit der Kamera darunter tauschen</translation>
    </message>
    <message>
      <source>Open a camera or video</source>
      <translation>Kamera oder Video öffnen</translation>
    </message>
    <message>
      <source>Open a folder of videos…</source>
      <translation>Ordner mit Videos öffnen…</translation>
    </message>
    <message>
      <source>Find cameras on the network…</source>
      <translation>Kameras im Netz suchen…</translation>
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
      <source>Show this camera in a second window</source>
      <translation>Diese Kamera in einem zweiten Fenster zeigen</translation>
    </message>
    <message>
      <source>Show all cameras in a second window</source>
      <translation>Alle Kameras in einem zweiten Fenster zeigen</translation>
    </message>
    <message>
      <source>Save these cameras as a wall…</source>
      <translation>Diese Kameras als Wand speichern…</translation>
    </message>
    <message>
      <source>Walls…</source>
      <translation>Wände…</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Aufnehmen</translation>
    </message>
    <message>
      <source>Record all cameras, or end that</source>
      <translation>Alle Kameras aufnehmen oder beenden</translation>
    </message>
    <message>
      <source>Recording schedule…</source>
      <translation>Zeitplan für Aufnahmen…</translation>
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
      <source>Loupe; the wheel makes it stronger</source>
      <translation>Lupe; das Mausrad macht sie stärker</translation>
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
      <source>Next video of the list</source>
      <translation>Nächstes Video der Liste</translation>
    </message>
    <message>
      <source>Previous video of the list</source>
      <translation>Voriges Video der Liste</translation>
    </message>
    <message>
      <source>Hide or show the list of videos</source>
      <translation>Liste der Videos zeigen oder verbergen</translation>
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
      <source>Haze alarms so far</source>
      <translation>Dunstalarme bisher</translation>
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
      <source>Publish…</source>
      <translation>Senden…</translation>
    </message>
    <message>
      <source>Virtual camera</source>
      <translation>Virtuelle Kamera</translation>
    </message>
    <message>
      <source>Sound of alarms</source>
      <translation>Ton bei Alarm</translation>
    </message>
    <message>
      <source>Copy a report on this system</source>
      <translation>Bericht über dieses System kopieren</translation>
    </message>
    <message>
      <source>Enter user and password…</source>
      <translation>Benutzer und Passwort eingeben…</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Ändern…</translation>
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
      <source>Play or pause</source>
      <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
      <source>Faster</source>
      <translation>Schneller</translation>
    </message>
    <message>
      <source>Slower</source>
      <translation>Langsamer</translation>
    </message>
    <message>
      <source>Speed 1×</source>
      <translation>Geschwindigkeit 1×</translation>
    </message>
    <message>
      <source>Play backwards</source>
      <translation>Rückwärts abspielen</translation>
    </message>
    <message>
      <source>Sound on or off</source>
      <translation>Ton ein oder aus</translation>
    </message>
    <message>
      <source>Type a time to go to</source>
      <translation>Eine Zeit eingeben</translation>
    </message>
    <message>
      <source>Type a frame number to go to</source>
      <translation>Eine Bildnummer eingeben</translation>
    </message>
    <message>
      <source>Go to the foggiest stretch</source>
      <translation>Zum dunstigsten Abschnitt</translation>
    </message>
    <message>
      <source>Go to the clearest stretch</source>
      <translation>Zum klarsten Abschnitt</translation>
    </message>
    <message>
      <source>Next foggy stretch</source>
      <translation>Nächster nebliger Abschnitt</translation>
    </message>
    <message>
      <source>Next change of the fog</source>
      <translation>Nächster Wechsel des Nebels</translation>
    </message>
    <message>
      <source>Mark the beginning</source>
      <translation>Anfang markieren</translation>
    </message>
    <message>
      <source>Mark the end</source>
      <translation>Ende markieren</translation>
    </message>
    <message>
      <source>Repeat from A to B: mark A, mark B, stop</source>
      <translation>Von A bis B wiederholen: A setzen, B setzen, beenden</translation>
    </message>
    <message>
      <source>Remove the marks</source>
      <translation>Marken entfernen</translation>
    </message>
    <message>
      <source>Bookmark this moment, or what is marked</source>
      <translation>Lesezeichen für diesen Moment oder das Markierte</translation>
    </message>
    <message>
      <source>Next bookmark</source>
      <translation>Nächstes Lesezeichen</translation>
    </message>
    <message>
      <source>Previous bookmark</source>
      <translation>Voriges Lesezeichen</translation>
    </message>
    <message>
      <source>Undo a change of bookmarks</source>
      <translation>Änderung an Lesezeichen zurücknehmen</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Contact sheet of what is marked</source>
      <translation>Bildbogen des Markierten</translation>
    </message>
    <message>
      <source>Export what is marked…</source>
      <translation>Markiertes exportieren…</translation>
    </message>
    <message>
      <source>Evidence pack of what is marked…</source>
      <translation>Beweispaket des Markierten…</translation>
    </message>
    <message>
      <source>Verify an evidence pack…</source>
      <translation>Ein Beweispaket prüfen…</translation>
    </message>
    <message>
      <source>This camera alone, or all</source>
      <translation>Diese Kamera allein oder alle</translation>
    </message>
    <message>
      <source>Loupe, pixels one to one</source>
      <translation>Lupe, Pixel eins zu eins</translation>
    </message>
    <message>
      <source>Open a folder of recordings</source>
      <translation>Einen Ordner mit Aufnahmen öffnen</translation>
    </message>
    <message>
      <source>Names and times of recordings…</source>
      <translation>Namen und Zeiten der Aufnahmen…</translation>
    </message>
    <message>
      <source>Hide or show the recordings</source>
      <translation>Aufnahmen aus- oder einblenden</translation>
    </message>
    <message>
      <source>Close this window</source>
      <translation>Dieses Fenster schließen</translation>
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
    <name>badge</name>
    <message>
      <source>Starting again…</source>
      <translation>Beginnt von vorn…</translation>
    </message>
    <message>
      <source>No new picture for {}</source>
      <translation>Kein neues Bild seit {}</translation>
    </message>
    <message>
      <source>Picture unchanged for {}</source>
      <translation>Bild unverändert seit {}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Angehalten</translation>
    </message>
  </context>
  <context>
    <name>core</name>
    <message>
      <source>{host} does not accept this user name and password; check both.</source>
      <translation>{host} nimmt diesen Benutzernamen und dieses Passwort nicht an; prüfen Sie beides.</translation>
    </message>
    <message>
      <source>{host} asks for a user name and a password; enter both.</source>
      <translation>{host} verlangt Benutzernamen und Passwort; geben Sie beides ein.</translation>
    </message>
    <message>
      <source>{host} gave no picture for {seconds} seconds; check that it is on and connected.</source>
      <translation>{host} hat {seconds} Sekunden lang kein Bild geliefert; prüfen Sie, ob das Gerät eingeschaltet und angeschlossen ist.</translation>
    </message>
    <message>
      <source>{host} refuses the connection; check the port, and that the camera's stream is switched on.</source>
      <translation>{host} weist die Verbindung ab; prüfen Sie den Port und ob der Stream der Kamera eingeschaltet ist.</translation>
    </message>
    <message>
      <source>{host} has no stream at this address; check the part behind the host name.</source>
      <translation>{host} hat unter dieser Adresse keinen Stream; prüfen Sie den Teil nach dem Hostnamen.</translation>
    </message>
    <message>
      <source>{host} answers with an error of its own; it may be starting or overloaded.</source>
      <translation>{host} antwortet mit einem eigenen Fehler; vielleicht startet das Gerät gerade oder ist überlastet.</translation>
    </message>
    <message>
      <source>{host} sends something that is not a video.</source>
      <translation>{host} sendet etwas, das kein Video ist.</translation>
    </message>
    <message>
      <source>The connection to {host} was lost or could not be made; check cable, network and address.</source>
      <translation>Die Verbindung zu {host} ist abgerissen oder kam nicht zustande; prüfen Sie Kabel, Netz und Adresse.</translation>
    </message>
    <message>
      <source>The name {host} could not be looked up within {seconds} seconds; check the network.</source>
      <translation>Der Name {host} ließ sich in {seconds} Sekunden nicht auflösen; prüfen Sie das Netz.</translation>
    </message>
    <message>
      <source>There is no host called {host}; check the name and the network.</source>
      <translation>Es gibt keinen Host namens {host}; prüfen Sie Namen und Netz.</translation>
    </message>
    <message>
      <source>{host} ended the stream.</source>
      <translation>{host} hat den Stream beendet.</translation>
    </message>
    <message>
      <source>There is no camera at {device}; plug one in or choose another source.</source>
      <translation>An {device} ist keine Kamera; schließen Sie eine an oder wählen Sie eine andere Quelle.</translation>
    </message>
    <message>
      <source>There is no camera {device}; plug one in or choose another source.</source>
      <translation>Es gibt keine Kamera {device}; schließen Sie eine an oder wählen Sie eine andere Quelle.</translation>
    </message>
    <message>
      <source>There is no camera called {device} (found: {found}); plug it in or choose another one.</source>
      <translation>Es gibt keine Kamera namens {device} (gefunden: {found}); schließen Sie sie an oder wählen Sie eine andere.</translation>
    </message>
    <message>
      <source>The camera {device} gave no picture for {seconds} seconds.</source>
      <translation>Die Kamera {device} hat {seconds} Sekunden lang kein Bild geliefert.</translation>
    </message>
    <message>
      <source>The camera {device} was unplugged.</source>
      <translation>Die Kamera {device} wurde abgezogen.</translation>
    </message>
    <message>
      <source>The camera {device} was unplugged or stopped.</source>
      <translation>Die Kamera {device} wurde abgezogen oder angehalten.</translation>
    </message>
    <message>
      <source>The camera {device} may not be used; add this user to the group “video”, or allow camera access.</source>
      <translation>Die Kamera {device} darf nicht benutzt werden; nehmen Sie diesen Benutzer in die Gruppe „video“ auf oder erlauben Sie den Zugriff auf die Kamera.</translation>
    </message>
    <message>
      <source>The camera {device} is in use by another program; close that program.</source>
      <translation>Die Kamera {device} wird von einem anderen Programm benutzt; schließen Sie es.</translation>
    </message>
    <message>
      <source>The camera {device} does not offer this size or frame rate; choose others.</source>
      <translation>Die Kamera {device} bietet diese Größe oder Bildrate nicht; wählen Sie andere.</translation>
    </message>
    <message>
      <source>The camera {device} cannot be read; plug it in again or choose another source.</source>
      <translation>Die Kamera {device} lässt sich nicht lesen; schließen Sie sie neu an oder wählen Sie eine andere Quelle.</translation>
    </message>
    <message>
      <source>{file} does not exist; check the name.</source>
      <translation>{file} gibt es nicht; prüfen Sie den Namen.</translation>
    </message>
    <message>
      <source>{file} is not a video, or it is damaged so early that nothing can be read.</source>
      <translation>{file} ist kein Video oder ist so früh beschädigt, dass nichts gelesen werden kann.</translation>
    </message>
    <message>
      <source>Nothing in {file} can be decoded; the file is damaged.</source>
      <translation>Nichts in {file} lässt sich dekodieren; die Datei ist beschädigt.</translation>
    </message>
    <message>
      <source>Not started yet.</source>
      <translation>Noch nicht gestartet.</translation>
    </message>
    <message>
      <source>Starting…</source>
      <translation>Start läuft…</translation>
    </message>
    <message>
      <source>Connecting to {name}…</source>
      <translation>Verbindung zu {name} wird aufgebaut…</translation>
    </message>
    <message>
      <source>Loading the model {model}…</source>
      <translation>Das Modell {model} wird geladen…</translation>
    </message>
    <message>
      <source>{name} has ended.</source>
      <translation>{name} ist zu Ende.</translation>
    </message>
    <message>
      <source>Stopped.</source>
      <translation>Angehalten.</translation>
    </message>
    <message>
      <source>Something unexpected happened; this session has ended.</source>
      <translation>Etwas Unerwartetes ist geschehen; diese Sitzung ist beendet.</translation>
    </message>
    <message>
      <source>Pictures are sent to {name}.</source>
      <translation>Bilder werden an {name} gesendet.</translation>
    </message>
    <message>
      <source>{host} does not accept this user name and password for publishing; check both.</source>
      <translation>{host} nimmt diesen Benutzernamen und dieses Passwort zum Senden nicht an; prüfen Sie beides.</translation>
    </message>
    <message>
      <source>{host} refuses the connection; check the port, and that it is ready to receive.</source>
      <translation>{host} weist die Verbindung ab; prüfen Sie den Port und ob der Empfänger bereit ist.</translation>
    </message>
    <message>
      <source>{host} knows nothing at this address; check the part behind the host name.</source>
      <translation>{host} kennt diese Adresse nicht; prüfen Sie den Teil nach dem Hostnamen.</translation>
    </message>
    <message>
      <source>{host} takes no more pictures; check that it is on and connected.</source>
      <translation>{host} nimmt keine Bilder mehr an; prüfen Sie, ob das Gerät eingeschaltet und angeschlossen ist.</translation>
    </message>
    <message>
      <source>{host} cannot be reached; check that it is on and connected.</source>
      <translation>{host} ist nicht erreichbar; prüfen Sie, ob das Gerät eingeschaltet und angeschlossen ist.</translation>
    </message>
    <message>
      <source>FFmpeg does not take the address {address}; check host, port and path.</source>
      <translation>FFmpeg nimmt die Adresse {address} nicht an; prüfen Sie Host, Port und Pfad.</translation>
    </message>
    <message>
      <source>{host} refuses the connection; check that ONVIF is switched on in the camera.</source>
      <translation>{host} weist die Verbindung ab; prüfen Sie, ob ONVIF in der Kamera eingeschaltet ist.</translation>
    </message>
    <message>
      <source>{host} did not answer within {seconds} s; check the camera and the network.</source>
      <translation>{host} hat in {seconds} s nicht geantwortet; prüfen Sie Kamera und Netz.</translation>
    </message>
    <message>
      <source>{host} cannot be reached; check the camera and the network.</source>
      <translation>{host} ist nicht erreichbar; prüfen Sie Kamera und Netz.</translation>
    </message>
    <message>
      <source>{host} does not accept this user and password for ONVIF; check both, and that the user may use ONVIF.</source>
      <translation>{host} nimmt diesen Benutzer und dieses Passwort für ONVIF nicht an; prüfen Sie beides und ob der Benutzer ONVIF verwenden darf.</translation>
    </message>
    <message>
      <source>16-bit numbers</source>
      <translation>16-Bit-Zahlen</translation>
    </message>
    <message>
      <source>grid of {lines} lines</source>
      <translation>Raster mit {lines} Zeilen</translation>
    </message>
    <message>
      <source>field kept for {count} frames</source>
      <translation>Feld für {count} Bilder behalten</translation>
    </message>
    <message>
      <source>every 2nd frame</source>
      <translation>jedes 2. Bild</translation>
    </message>
    <message>
      <source>every 4th frame</source>
      <translation>jedes 4. Bild</translation>
    </message>
    <message>
      <source>{candidate}: {ms} ms a frame ({others})</source>
      <translation>{candidate}: {ms} ms je Bild ({others})</translation>
    </message>
    <message>
      <source>{candidate}: {ms} ms a frame</source>
      <translation>{candidate}: {ms} ms je Bild</translation>
    </message>
  </context>
  <context>
    <name>exports</name>
    <message>
      <source>Dehazed film</source>
      <translation>Entdunsteter Film</translation>
    </message>
    <message>
      <source>Original, copied</source>
      <translation>Original, kopiert</translation>
    </message>
    <message>
      <source>Original and dehazed side by side</source>
      <translation>Original und entdunstet nebeneinander</translation>
    </message>
    <message>
      <source>Single pictures</source>
      <translation>Einzelbilder</translation>
    </message>
    <message>
      <source>All cameras in one film</source>
      <translation>Alle Kameras in einem Film</translation>
    </message>
    <message>
      <source>Evidence pack</source>
      <translation>Beweispaket</translation>
    </message>
    <message>
      <source>Every frame without its haze, sound copied.</source>
      <translation>Jedes Bild ohne Dunst, Ton kopiert.</translation>
    </message>
    <message>
      <source>Nothing is computed: the recorded packets from the key frame before the mark on.</source>
      <translation>Nichts wird gerechnet: die aufgezeichneten Pakete ab dem Schlüsselbild vor der Marke.</translation>
    </message>
    <message>
      <source>Both pictures of every instant in one film.</source>
      <translation>Beide Bilder jedes Moments in einem Film.</translation>
    </message>
    <message>
      <source>A folder with a PNG file for every frame.</source>
      <translation>Ein Ordner mit einer PNG-Datei je Bild.</translation>
    </message>
    <message>
      <source>The cameras beside each other, in step on the wall clock.</source>
      <translation>Die Kameras nebeneinander, im Takt der Uhr.</translation>
    </message>
    <message>
      <source>Originals, dehazed films, snapshots and checksums of all in one ZIP file.</source>
      <translation>Originale, entdunstete Filme, Schnappschüsse und Prüfsummen in einer ZIP-Datei.</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Läuft</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Gescheitert</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Abgebrochen</translation>
    </message>
    <message>
      <source>PASS</source>
      <translation>OK</translation>
    </message>
    <message>
      <source>CHANGED, as announced</source>
      <translation>GEÄNDERT, wie angekündigt</translation>
    </message>
    <message>
      <source>FAIL</source>
      <translation>FEHLER</translation>
    </message>
    <message>
      <source>{} of {} checks passed</source>
      <translation>{} von {} Prüfungen bestanden</translation>
    </message>
  </context>
  <context>
    <name>faults</name>
    <message>
      <source>Connected. The first picture is being computed…</source>
      <translation>Verbunden. Das erste Bild wird berechnet…</translation>
    </message>
    <message>
      <source>Try again now</source>
      <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
      <source>Play again</source>
      <translation>Noch einmal abspielen</translation>
    </message>
    <message>
      <source>Reconnecting, attempt {}…</source>
      <translation>Neue Verbindung, Versuch {}…</translation>
    </message>
    <message>
      <source>Connecting, attempt {}…</source>
      <translation>Verbindung, Versuch {}…</translation>
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
      <source>Enter user and password…</source>
      <translation>Benutzer und Passwort eingeben…</translation>
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
      <source>exact</source>
      <translation>genau</translation>
    </message>
    <message>
      <source>nearest key frame</source>
      <translation>nächstes Schlüsselbild</translation>
    </message>
    <message>
      <source>file</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>frame</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>speed · pictures · skipped</source>
      <translation>Tempo · Bilder · ausgelassen</translation>
    </message>
    <message>
      <source>haze · visibility</source>
      <translation>Dunst · Sicht</translation>
    </message>
    <message>
      <source>device</source>
      <translation>Gerät</translation>
    </message>
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
      <source>haze {}</source>
      <translation>Dunst {}</translation>
    </message>
    <message>
      <source>connecting to {}…</source>
      <translation>verbindet mit {}…</translation>
    </message>
    <message>
      <source>published to {}</source>
      <translation>gesendet an {}</translation>
    </message>
    <message>
      <source>{} is lost, trying again…</source>
      <translation>{} ist verloren, neuer Versuch…</translation>
    </message>
    <message>
      <source>the virtual camera</source>
      <translation>die virtuelle Kamera</translation>
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
    <message>
      <source>REC</source>
      <translation>REC</translation>
    </message>
    <message>
      <source>No pre-roll for this source: it gives no packets that could be kept.</source>
      <translation>Kein Vorlauf für diese Quelle: Sie gibt keine Pakete, die behalten werden könnten.</translation>
    </message>
    <message>
      <source>{:.0f} of {:g} s are kept ({})</source>
      <translation>{:.0f} von {:g} s werden behalten ({})</translation>
    </message>
    <message>
      <source>{} original pictures are missing</source>
      <translation>{} Originalbilder fehlen</translation>
    </message>
    <message>
      <source>pictures missing</source>
      <translation>Bilder fehlen</translation>
    </message>
    <message>
      <source>{} damaged pictures came</source>
      <translation>{} beschädigte Bilder kamen</translation>
    </message>
    <message>
      <source>damaged pictures</source>
      <translation>Bilder defekt</translation>
    </message>
    <message>
      <source>waiting for the first picture</source>
      <translation>wartet auf das erste Bild</translation>
    </message>
    <message>
      <source>no picture yet</source>
      <translation>noch kein Bild</translation>
    </message>
    <message>
      <source>nothing is written</source>
      <translation>nichts wird geschrieben</translation>
    </message>
    <message>
      <source>nothing written</source>
      <translation>nichts gespeichert</translation>
    </message>
  </context>
  <context>
    <name>review</name>
    <message>
      <source>with sound</source>
      <translation>mit Ton</translation>
    </message>
    <message>
      <source>no sound</source>
      <translation>ohne Ton</translation>
    </message>
    <message>
      <source>one frame in {} s</source>
      <translation>ein Bild in {} s</translation>
    </message>
    <message>
      <source>Time from the file's name</source>
      <translation>Zeit aus dem Dateinamen</translation>
    </message>
    <message>
      <source>Time from the file's metadata</source>
      <translation>Zeit aus den Metadaten der Datei</translation>
    </message>
    <message>
      <source>Time from the file's modification: not certain</source>
      <translation>Zeit aus der Dateiänderung: nicht sicher</translation>
    </message>
    <message>
      <source>Time corrected by hand</source>
      <translation>Zeit von Hand berichtigt</translation>
    </message>
    <message>
      <source>{} does not exist: the clocks were put forward over it.</source>
      <translation>{} gibt es nicht: Die Uhr wurde darüber hinweg vorgestellt.</translation>
    </message>
    <message>
      <source>“{}” is not a time; type for example 14:05:30, 2026-11-24 14:05:30 or +10 for ten seconds later.</source>
      <translation>„{}“ ist keine Zeit; geben Sie zum Beispiel 14:05:30, 2026-11-24 14:05:30 oder +10 für zehn Sekunden später ein.</translation>
    </message>
  </context>
  <context>
    <name>slowness</name>
    <message>
      <source>model {model}</source>
      <translation>Modell {model}</translation>
    </message>
    <message>
      <source>recording</source>
      <translation>Aufnahme</translation>
    </message>
    <message>
      <source>governor: {given_up}</source>
      <translation>Regelung: {given_up}</translation>
    </message>
    <message>
      <source>this machine is busy</source>
      <translation>dieser Rechner ist ausgelastet</translation>
    </message>
    <message>
      <source>{painted:.0f} of {sent:.0f} fps: {why}</source>
      <translation>{painted:.0f} von {sent:.0f} fps: {why}</translation>
    </message>
  </context>
  <context>
    <name>state</name>
    <message>
      <source>connecting</source>
      <translation>verbindet</translation>
    </message>
    <message>
      <source>reconnecting</source>
      <translation>verbindet neu</translation>
    </message>
    <message>
      <source>live</source>
      <translation>live</translation>
    </message>
    <message>
      <source>playing</source>
      <translation>läuft</translation>
    </message>
    <message>
      <source>no new picture</source>
      <translation>kein neues Bild</translation>
    </message>
    <message>
      <source>unchanged</source>
      <translation>unverändert</translation>
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
