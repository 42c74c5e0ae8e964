"""The numbers a version promises, as screens: index, choose. What each is says `settings`."""
