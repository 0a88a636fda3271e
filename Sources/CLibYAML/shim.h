#if __has_include(<yaml.h>)
#include <yaml.h>
#else
#error libyaml is missing: install it by 'apt-get install libyaml-dev pkg-config' (Debian, Ubuntu), 'dnf install libyaml-devel' (Fedora) or 'brew install libyaml pkgconf' (macOS)
#endif
