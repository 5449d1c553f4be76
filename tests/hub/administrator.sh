# The lines of the instructor's guide for whoever runs the Hub. EXCHANGE is a folder on a disk that all share.
# They are files because of two things in Jupyter 4.6: `jupyter server extension enable --user` does not find what
# stands elsewhere, and the first `jupyter labextension disable` locks what it disables.
install -d -m 1777 "$EXCHANGE"
settings=$(python3 -c 'import sys; print(sys.prefix)')/etc/jupyter
mkdir -p "$settings/labconfig"
cat >"$settings/nbgrader_config.py" <<END
c = get_config()
c.Exchange.root = "$EXCHANGE"
c.CourseDirectory.course_id = "mediation"
END
cat >"$settings/jupyter_server_config.json" <<END
{"ServerApp": {"jpserver_extensions": {
  "nbgrader.server_extensions.formgrader": false,
  "nbgrader.server_extensions.course_list": false
}}}
END
cat >"$settings/labconfig/page_config.json" <<END
{"disabledExtensions": {
  "@jupyter/nbgrader:formgrader": true,
  "@jupyter/nbgrader:course-list": true,
  "@jupyter/nbgrader:create-assignment": true
}, "lockedExtensions": {}}
END
cat >"$settings/labconfig/default_setting_overrides.json" <<END
{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}
END
