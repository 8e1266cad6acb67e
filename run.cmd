@echo off
rem Opens the designer, or with arguments is the command line. Sets itself up at the first call.
py -3 "%~dp0packaging\start.py" %*
exit /b %ERRORLEVEL%
