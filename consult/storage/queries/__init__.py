"""Every select of the project, one file per feature, filtered by viewer where rows are not for all."""
