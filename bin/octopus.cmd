@echo off
rem Starts Octopus. Needs a Java runtime 17 or newer, found by JAVA_HOME or PATH; nothing else.
rem OCTOPUS_JAVA_OPTS adds flags for the Java runtime.
setlocal EnableExtensions

if defined OCTOPUS_HOME (
  set "OCTOPUS_DIR=%OCTOPUS_HOME%"
) else (
  for %%i in ("%~dp0..") do set "OCTOPUS_DIR=%%~fi"
)

rem A copied distribution has its jars beside bin, a checkout where the build leaves them.
set "OCTOPUS_LIB=%OCTOPUS_DIR%\lib"
if not exist "%OCTOPUS_LIB%\" set "OCTOPUS_LIB=%OCTOPUS_DIR%\cli\target\octopus\lib"
if not exist "%OCTOPUS_LIB%\" (
  echo octopus: not built yet; run: mvn -q -DskipTests package 1>&2
  exit /b 2
)

if defined JAVA_HOME (
  set "OCTOPUS_JAVA=%JAVA_HOME%\bin\java.exe"
) else (
  set "OCTOPUS_JAVA=java.exe"
)
"%OCTOPUS_JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo octopus: no Java found; install a Java runtime 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)
set "OCTOPUS_VERSION=0"
for /f "tokens=3" %%v in ('""%OCTOPUS_JAVA%" -version 2>&1" ^| findstr /i " version "') do set "OCTOPUS_VERSION=%%~v"
for /f "delims=.-+" %%v in ("%OCTOPUS_VERSION%") do set "OCTOPUS_VERSION=%%v"
if %OCTOPUS_VERSION% LSS 17 (
  echo octopus: needs Java 17 or newer; %OCTOPUS_JAVA% is %OCTOPUS_VERSION% 1>&2
  exit /b 2
)

set "OCTOPUS_FLAGS="
set "OCTOPUS_NODE_FLAGS="
if %OCTOPUS_VERSION% GEQ 24 set "OCTOPUS_FLAGS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

if exist "%OCTOPUS_DIR%\bin\node.args" for %%c in (coordinator worker rebuild) do if "%~1"=="%%c" set OCTOPUS_NODE_FLAGS="@%OCTOPUS_DIR%\bin\node.args"

rem Classes made ready for this runtime and these jars by "octopus prepare"; anything else is passed over.
set "OCTOPUS_ARCHIVE=%OCTOPUS_LIB%\octopus-java%OCTOPUS_VERSION%.jsa"
if exist "%OCTOPUS_ARCHIVE%" set OCTOPUS_FLAGS=%OCTOPUS_FLAGS% "-XX:SharedArchiveFile=%OCTOPUS_ARCHIVE%" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off

"%OCTOPUS_JAVA%" %OCTOPUS_FLAGS% %OCTOPUS_NODE_FLAGS% %OCTOPUS_JAVA_OPTS% "-Doctopus.home=%OCTOPUS_DIR%" -cp "%OCTOPUS_LIB%\*" io.octopus.cli.Main %*
exit /b %ERRORLEVEL%
