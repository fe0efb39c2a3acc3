# What `cmake --install` and `cpack -G DEB` put where. All of it finds each other by relative paths, so the prefix may be
# another one than was configured. Included by CMakeLists.txt.
include(CMakePackageConfigHelpers)

set(from ${PROJECT_SOURCE_DIR}/compiler)
set(to ${PROJECT_BINARY_DIR}/install)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/cspc)

install(TARGETS cspc csp EXPORT cspcTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${runtime_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY runtime/std runtime/gdb DESTINATION ${CMAKE_INSTALL_DATADIR}/cspc)
install(FILES ${from}/cspc.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES grammar/language.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# ---- for other builds: CMake, pkg-config ----

set(std ${CMAKE_INSTALL_DATADIR}/cspc/std)
configure_package_config_file(${from}/install/cspcConfig.cmake.in ${to}/cspcConfig.cmake
    INSTALL_DESTINATION ${package} PATH_VARS std NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${to}/cspcConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT cspcTargets NAMESPACE cspc:: DESTINATION ${package})
install(FILES ${to}/cspcConfig.cmake ${to}/cspcConfigVersion.cmake DESTINATION ${package})

file(RELATIVE_PATH from_pkgconfig ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
foreach(folder BIN DATA INCLUDE LIB)
    file(RELATIVE_PATH pc_${folder} ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_${folder}DIR})
endforeach()
configure_file(${from}/install/cspc.pc.in ${to}/cspc.pc @ONLY)
install(FILES ${to}/cspc.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# ---- completion; Debian keeps that of its packages for zsh in a folder of its own ----

install(FILES ${from}/completion/cspc.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME cspc)
install(CODE "set(zsh site-functions)
if(CMAKE_INSTALL_PREFIX STREQUAL /usr AND EXISTS /etc/debian_version)
    set(zsh vendor-completions)
endif()")
install(FILES ${from}/completion/_cspc DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/\${zsh}")

# ---- the Debian package ----

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The authors of cspc <cspc@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "compiler of communicating sequential processes to C")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "A small language with processes and channels, C's little sister after Hoare's
Communicating Sequential Processes. cspc turns a program into readable C;
with the runtime in this package a C compiler makes it a program.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gcc | c-compiler, libc6-dev | libc-dev")
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps) # needs `file`, too
find_program(FILE_TOOL file)
if(DPKG_SHLIBDEPS AND FILE_TOOL)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
else()
    set(CPACK_DEBIAN_PACKAGE_DEPENDS "libc6, libjansson4")
endif()
include(CPack)
