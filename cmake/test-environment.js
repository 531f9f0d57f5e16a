// Emscripten programs see an invented environment; the unit tests read ASSAY_CORPUS and ASSAY_SOURCE_DIR.
Module.preRun = () => Object.assign(ENV, process.env);
