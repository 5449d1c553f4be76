"""The public: the same pages with a kernel behind each (`demo`) and as files with Python in the browser (`site`)."""
