quality-too-small = too small
quality-too-small-remedy = use the camera's full resolution, not a preview
quality-low-resolution = too little detail per µm
quality-low-resolution-remedy = use the 100x oil objective and the camera's full resolution
quality-too-dark = too dark
quality-too-dark-remedy = turn up the light or open the diaphragm, and take it again
quality-too-bright = too bright
quality-too-bright-remedy = turn down the light, and take it again
quality-empty = empty
quality-empty-remedy = move to a part of the film with cells, and take it again
quality-out-of-focus = out of focus
quality-out-of-focus-remedy = refocus and take it again
quality-poor-stain = poorly stained
quality-poor-stain-remedy = check the stain and its pH, restain or make a new film
quality-crowded = cells lie over each other
quality-crowded-remedy = move towards the thin end of the film, and take it again
quality-no-cells = no red cells
quality-no-cells-remedy = move to a part of the thin film with single cells, and take it again
quality-other = a reason that a newer program knows
quality-other-remedy = open the record with the program that wrote it
quality-no-film = neither a thin nor a thick film
quality-no-film-remedy = a page, a label, a table or the noise of the camera; take the field through the eyepiece
quality-screen = photograph of a screen or of a print
quality-screen-remedy = use the camera's own file, or take the field through the eyepiece
quality-several-pictures = more than one picture in one
quality-several-pictures-remedy = give each field as a picture of its own, no contact sheet, collage or screenshot
quality-compressed = compressed too far
quality-compressed-remedy = use the camera's original file, not one that was sent by messenger or saved again at low quality
quality-drawn-over = too much is drawn into it, or its colours are those of ink
quality-drawn-over-remedy = use the picture as the camera made it, without writing, overlay or filter
quality-other-film = shows the other film, not the one that was stated
quality-other-film-remedy = put it among the pictures of its own film; where neither a folder nor a list names the film, state it with --film
quality-no-stain-colour = the colours of the stain are lost
quality-no-stain-colour-remedy = use the camera's own colour picture, without filter, black and white, or few colours; a page or a label is no film
quality-scale-contradicted = stated scale contradicted by the cells
quality-scale-contradicted-remedy = stated: { $limit } µm per pixel, by the cells about { $measured }; measure it again with a stage micrometer at the objective used, or leave it out and the cells will tell it

note-in-both-films = the same file stands among the pictures of both films
note-first-frame-only = animation, only its first frame was read
note-deeper-than-eight-bits = more than 8 bits per colour, read with 8
note-grey = grey picture, the stain's colours are missing
note-alpha-over-white = transparent parts were laid over white
note-range-stretched = its samples use less than their range (or numbers up to 255), which was stretched to all of it
note-few-colours = colours reduced to a palette, hues of the stain may be lost
note-transparent-left-out = transparent parts lie outside the view
note-opacity-ignored = the same opacity everywhere, left out of account
note-channels-joined = three grey pages joined to one colour picture
note-sharpest-plane = of several planes of focus the sharpest was read
note-middle-plane = of several planes of focus the middle one was read
note-pages-left-out = other pages of the file are no fields (smaller copies, labels, overviews)
note-turned = turned upright as the camera noted
note-streamed = large picture, read part by part

passed-over-hidden = hidden file
passed-over-foreign = no picture
passed-over-folder = folder
passed-over-not-readable = no permission to read
passed-over-film-not-stated = which film it shows is not stated; put it into the folder of its film
passed-over-empty-film = no picture that can be read is in this folder (JPEG, PNG, TIFF, BMP or WebP); the result is of the other film alone

unread-unreadable = damaged, empty or no picture; copy it again from the camera or take it again
unread-limit = larger than the limits allow; save it smaller or as a tiled TIFF
unread-unsupported = a form that is not supported; save it as JPEG, PNG or 8-bit RGB TIFF
unread-io = the system did not let it be read; check the rights of the file and the disk
unread-internal = the program failed on it; please report this

error-picture-corrupt = damaged picture ({ $reason }); copy it again from the camera or take it again
error-picture-truncated = the file ends before the picture does (a broken copy or transfer); copy it again from the camera
error-picture-changed = the picture was changed while the slide was read; read the slide again
error-picture-overwritten = a part of the picture was lost or overwritten (a failing card, key or copy); copy it again from the camera or take it again
error-picture-empty = empty file (0 bytes); copy it again from the camera
error-not-a-picture = not a picture, whatever its name says; expected JPEG, PNG, TIFF, BMP or WebP
error-picture-unsupported = { $what } is not supported; save the picture as JPEG, PNG or 8-bit RGB TIFF
error-jpeg-form = a JPEG of a kind that is not read ({ $form ->
    [arithmetic] arithmetic coding
    [lossless] lossless coding
    [hierarchical] hierarchical coding
    [deep] not 8 bits per colour
   *[other] { $form }
    }); it is not damaged: save the picture as an ordinary JPEG or as PNG
error-camera-raw = a camera's raw file ({ $kind }), which is not read; it is not damaged: save the picture as JPEG or PNG
error-tiff-program = a file of { $program }, which is not read; save each field from that program as JPEG, PNG or TIFF
error-tiff-planes-behind = a stack by { $program }, number of its pictures { $planes }, with one page for all of them, which is not read; save each field as a picture of its own
error-tiff-does-not-fit = its description ({ $program }) speaks of { $planes } pages, but there are { $pages }, so that nobody can tell which are fields; save each field as a picture of its own
error-tiff-description = its description ({ $program }) cannot be read, so that nobody can tell which pages are fields; save each field as a picture of its own
error-tiff-channels = channels by { $program } which make no picture in the stain's colours (number: { $channels }); save each field as an RGB picture
error-picture-form = { $reason }: this form is not supported; save the picture as JPEG, PNG or 8-bit RGB TIFF
error-no-such-page = page { $page } was asked for; pages in the file: { $pages }
error-no-pictures = no picture found here ({ $others } other { $others_are ->
    [one] file
   *[other] files
    }, { $folders } { $folders_are ->
    [one] sub-folder
   *[other] sub-folders
    }); expected JPEG, PNG, TIFF, BMP or WebP files directly in this folder
error-not-a-folder = this is a file; a folder of pictures was expected
error-limit-chunk = a single strip, tile or table of the file is too large ({ $reason }); save it as a tiled TIFF
error-limit-bytes = { $value } bytes, more than the limit of { $limit }; split it or save it as a tiled TIFF
error-limit-pixels = { $value } pixels, more than the limit of { $limit }; save it smaller or as a tiled TIFF
error-limit-pages = { $value } pages, more than the limit of { $limit }; split the file
error-limit-entries = too many files in one folder: { $value }, the limit is { $limit }; give one slide's folder
error-limit-side = { $value } pixels along one side, more than the limit of { $limit }; cut it into parts
error-limit-scale = at { $um } µm per pixel the picture would be searched with { $times } times its pixels, more than { $limit }; check the scale (--um-per-px, or what the file states)
