error-not-found = not found; check the name and that the disk or share is connected
error-permission = no permission; change the rights of the file or folder, or choose another
error-disk-full = the disk is full; free some space and run again, nothing half-written was kept
error-not-a-plain-file = not a plain file (a folder, a pipe or a device); give a file, or a link to one
error-text-size = { $bytes } bytes, at most { $limit } are taken; is it the right file?
error-text-encoding = line { $line } is not UTF-8 text; open the file in the program that wrote it and save it as UTF-8
error-io = the system refused ({ $reason })
error-prefix = error
warning-prefix = warning
between-place-and-text = { ": " }
between-clauses = { "; " }
error-other-film =
    { $film ->
        [thick] pictures that were given as a thick film and show a thin film: { $others } of { $pictures }; give --film thin
       *[thin] pictures that were given as a thin film and show a thick film: { $others } of { $pictures }; give --film thick
    }
error-other-film-placed =
    { $film ->
        [thick] pictures that were given as a thick film and show a thin film: { $others } of { $pictures }; give their folder the name of a thin film ("thin"), delete them where they lie there already, or correct the film in the list
       *[thin] pictures that were given as a thin film and show a thick film: { $others } of { $pictures }; give their folder the name of a thick film ("thick"), delete them where they lie there already, or correct the film in the list
    }
error-kind-unreadable = { $reason }
error-kind-limit = { $reason }
error-kind-unsupported = { $reason }
error-kind-model = { $reason }
error-kind-profile = { $reason }
error-kind-usage = { $reason }
error-kind-io = { $reason }
error-kind-internal = { $reason }
error-kind-stopped = { $reason }
error-record = this is no record of a slide, or a damaged one ({ $reason })
error-record-version = this record is { $found }; this program reads { $read } and its minor versions: take a newer program
error-call-null = { $what } is NULL; give what the header asks for
error-call-text = { $what } is not UTF-8; convert it
error-call-length = { $what } cannot have that many bytes; give the length of what it points to
error-call-film = { $number } is no film here; give HEMOZOIN_FILM_THICK or HEMOZOIN_FILM_THIN
error-call-no-film = the slide has no picture of this film; ask for the other one
error-call-value = { $what } cannot be { $value }; give the right number, or 0 where it is not known
error-call-name = nothing about a slide is called "{ $what }"; hemozoin new-slide shows every name
error-call-frame = a picture has a width, a height, and rows that do not overlap and fit into memory; correct width, height and stride
error-call-size = { $what }.size is too small; set it to sizeof(HemozoinCounts) before the call
error-stopped = stopped before the slide was read whole: there is no result
error-file-exists = a file lies here already, which is not written over; choose another name
error-case-recipient = this is no public key; expected one that begins with age1
error-case-key = no secret key stands in this file; hemozoin case key makes one
error-case-needs-key = this file is encrypted; give the file of your secret key with --key
error-case-sealed-cut = this file is cut off or was changed on the way; have it sent again
error-case-other-key = this file was encrypted to another key than yours; send your public key, and have it sent again
error-case-cut = this file is cut off or no case; have it sent again ({ $reason })
error-case-none = this is a ZIP file, and no case of hemozoin; give the file that hemozoin case export or answer wrote
error-case-changed = { $entry } is not what was sent: the file was changed on the way; have it sent again
error-case-version = this case is { $found }; this program reads { $read }: take a newer program
error-case-reading = this answer is damaged ({ $reason }); have it sent again
error-case-is-question = this is a case and no answer to one: open it with hemozoin review, then hemozoin case answer
error-case-is-answer = this is an answer: hemozoin case import takes it in where the case was made
error-case-other-slide = this answer is about another slide ({ $slide }): its pictures are not those of this one
error-case-other-result = what was signed is not what its decisions give here; it was read with version { $version } of hemozoin: use the same
error-case-other-folder = the result of another case lies in this folder: give the file of the case another name
error-case-reader = { $reader } has read this slide here, and not what was sent; if two readers have the same name, give this one another with --reader
error-case-not-signed = nobody has signed this case: open it with hemozoin review, read it and sign
error-case-no-picture = where the pictures of this slide lie is not known: say it with --pictures
error-case-question = a question has at most { $limit } characters, and no control characters
error-case-too-small = the record alone takes { $kilobytes } kB: allow more with --max-size
error-exchange-codes = this file of codes does not fit: { $reason }
error-labels-several = several pictures may be "{ $name }"; give the labels longer names, or one folder of pictures
error-labels-picture = labels of "{ $name }", and no such picture; say where the pictures lie
error-labels-none = neither data.yaml nor annotations.json nor a file .xml lies here; give the labels that another program wrote
error-labels-voc = these are no labels of Pascal VOC ({ $reason })
error-labels-yolo = line { $line } is no label of YOLO ({ $reason })
error-labels-size = these labels are of a picture of another size than the one that was analysed
error-labels-other-slide = no picture of this slide has labels here
error-case-which-slide = this is an archive: say with --slide which of its slides
error-case-no-slide = this archive has no result of slide { $slide }
error-send-address = { $address } is no address of a server; expected one such as https://example.org/fhir
error-send-unencrypted = results would go to { $host } readable by everybody on the way; give an address that begins with https://, or allow it with --unencrypted
error-send-authority = no certificate stands in this file; expected PEM: -----BEGIN CERTIFICATE-----
error-send-authorization = the authorization is not one line such as: Bearer eyJhbGciOi..., or Basic dXNlcjpwYXNz
error-send-parcel = this file is no result that waits to be sent; move it elsewhere and send the slide again
error-send-no-dhis2 = what answers at { $address } is no DHIS2 server; check the address
error-send-refused = the server refuses (status { $status }) at { $address }; check address and authorization
error-send-not-reached = the server at { $address } cannot be reached ({ $reason }); send again later
error-export-one-archive = figures are those of one archive: give its output folder alone
