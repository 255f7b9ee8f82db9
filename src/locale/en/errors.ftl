error-not-found = not found ({ $reason }); check the name and that the disk or share is connected
error-permission = no permission ({ $reason }); change the rights of the file or folder, or choose another
error-disk-full = the disk is full ({ $reason }); free some space and run again, nothing half-written was kept
error-io = the system refused ({ $reason })
error-prefix = error
warning-prefix = warning
