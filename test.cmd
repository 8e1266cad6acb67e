@echo off
rem Runs every check and test. Sets itself up at the first call.
py -3 "%~dp0packaging\checks.py" %*
exit /b %ERRORLEVEL%
