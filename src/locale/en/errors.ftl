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
        [thick] pictures that were given as a thick film and show a thin film: { $others } of { $pictures }; give --film thin, or move them to the folder of the thin film
       *[thin] pictures that were given as a thin film and show a thick film: { $others } of { $pictures }; give --film thick, or move them to the folder of the thick film
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
error-stopped = stopped before the slide was read whole: there is no result
