# The lines of the guide for the instructor: once, in a terminal of the Hub, before the server is started anew.
caucusroom course mediation
mkdir -p .jupyter
cat >.jupyter/nbgrader_config.py <<END
c = get_config()
c.CourseDirectory.root = "$HOME/mediation"
END
cat >.jupyter/jupyter_server_config.json <<END
{"ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.formgrader": true}}}
END
