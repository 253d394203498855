"""The public side: a site of plain files about stalking, with no database, no cookie and no third party."""
