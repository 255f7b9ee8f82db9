// The engine for programs in C++17: hemozoin.h with owners that free, and errors that are thrown.
#ifndef HEMOZOIN_HPP
#define HEMOZOIN_HPP

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "hemozoin.h"

namespace hemozoin {

namespace detail {

struct Free {
    void operator()(HemozoinEngine *it) const { hemozoin_engine_free(it); }
    void operator()(HemozoinSlide *it) const { hemozoin_slide_free(it); }
    void operator()(HemozoinRecord *it) const { hemozoin_record_free(it); }
    void operator()(HemozoinError *it) const { hemozoin_error_free(it); }
    void operator()(char *it) const { hemozoin_text_free(it); }
};

template <class T> using Owned = std::unique_ptr<T, Free>;

inline std::string taken(char *text) {
    const Owned<char> held(text);
    return held ? held.get() : "";
}

} // namespace detail

// What went wrong: `what()` in English, `french()` for a person; which file, what is wrong, what to do.
class Error : public std::runtime_error {
public:
    explicit Error(HemozoinError *error)
        : std::runtime_error(detail::taken(hemozoin_error_message(error, HEMOZOIN_LANGUAGE_ENGLISH))), held(error, detail::Free()) {}

    // Whose fault it is.
    HemozoinStatus status() const { return hemozoin_error_status(held.get()); }
    // A name for programs that stays; empty where it has none.
    std::string key() const { return detail::taken(hemozoin_error_key(held.get())); }
    // The picture or file; empty where it is about none.
    std::string file() const { return detail::taken(hemozoin_error_file(held.get())); }
    std::string french() const { return detail::taken(hemozoin_error_message(held.get(), HEMOZOIN_LANGUAGE_FRENCH)); }
    // What to do, alone.
    std::string remedy(HemozoinLanguage language = HEMOZOIN_LANGUAGE_ENGLISH) const {
        return detail::taken(hemozoin_error_remedy(held.get(), language));
    }

private:
    // Exceptions are copied.
    std::shared_ptr<HemozoinError> held;
};

namespace detail {

template <class... Given, class... Args>
void call(HemozoinStatus (*function)(Given...), Args... args) {
    HemozoinError *error = nullptr;
    const HemozoinStatus status = function(args..., &error);
    if (status != HEMOZOIN_STATUS_OK) throw Error(error);
}

} // namespace detail

// Everything that was found on a slide.
class Record {
public:
    explicit Record(HemozoinRecord *record) : record(record) {}

    static Record read(const std::string &json) {
        HemozoinRecord *out = nullptr;
        detail::call(hemozoin_record_read, reinterpret_cast<const std::uint8_t *>(json.data()), json.size(), &out);
        return Record(out);
    }

    std::string json() const {
        char *out = nullptr;
        detail::call(hemozoin_record_json, static_cast<const HemozoinRecord *>(record.get()), &out);
        return detail::Owned<char>(out).get();
    }

    std::string text(HemozoinLanguage language) const {
        char *out = nullptr;
        detail::call(hemozoin_record_text, static_cast<const HemozoinRecord *>(record.get()), language, &out);
        return detail::Owned<char>(out).get();
    }

    HemozoinCounts counts(HemozoinFilm film) const {
        HemozoinCounts out{};
        out.size = sizeof out;
        detail::call(hemozoin_record_counts, static_cast<const HemozoinRecord *>(record.get()), film, &out);
        return out;
    }

private:
    detail::Owned<HemozoinRecord> record;
};

// Pictures in, a record out.
class Slide {
public:
    explicit Slide(HemozoinSlide *slide) : slide(slide) {}

    Slide &state(double um_per_px, double wbc_per_ul = 0, double rbc_per_ul = 0) {
        detail::call(hemozoin_slide_state, slide.get(), um_per_px, wbc_per_ul, rbc_per_ul);
        return *this;
    }

    Slide &tell(const std::string &name, const std::string &value) {
        detail::call(hemozoin_slide_tell, slide.get(), name.c_str(), value.c_str());
        return *this;
    }

    Slide &add_file(const std::string &name, const void *file, std::size_t length, HemozoinFilm film = HEMOZOIN_FILM_UNSTATED) {
        detail::call(hemozoin_slide_add_file, slide.get(), name.c_str(), film, static_cast<const std::uint8_t *>(file), length);
        return *this;
    }

    Slide &add_pixels(const std::string &name, const std::uint8_t *rgb, std::uint32_t width, std::uint32_t height,
                      std::size_t stride, double um_per_px = 0, HemozoinFilm film = HEMOZOIN_FILM_UNSTATED) {
        detail::call(hemozoin_slide_add_pixels, slide.get(), name.c_str(), film, rgb, width, height, stride, um_per_px);
        return *this;
    }

    // `go_on` is told how many pictures of how many are done, by several threads at once, and answers whether to go on.
    Record run(const std::function<bool(std::uint64_t, std::uint64_t)> &go_on = nullptr) const {
        HemozoinRecord *out = nullptr;
        HemozoinProgress tell = go_on ? asked : nullptr;
        detail::call(hemozoin_slide_run, static_cast<const HemozoinSlide *>(slide.get()), tell,
                     static_cast<void *>(const_cast<std::function<bool(std::uint64_t, std::uint64_t)> *>(&go_on)), &out);
        return Record(out);
    }

private:
    static std::int32_t asked(void *user, std::uint64_t done, std::uint64_t files) noexcept {
        try {
            return (*static_cast<std::function<bool(std::uint64_t, std::uint64_t)> *>(user))(done, files) ? 0 : 1;
        } catch (...) {
            return 1;
        }
    }

    detail::Owned<HemozoinSlide> slide;
};

// Rules and bundles, made once; may be used by many threads.
class Engine {
public:
    // `threads`: 0 for as many as there are cores.
    explicit Engine(const char *profile = nullptr, const char *overrides = nullptr, std::uint32_t threads = 0) {
        HemozoinEngine *out = nullptr;
        detail::call(hemozoin_engine_new_with_threads, profile, overrides, threads, &out);
        engine.reset(out);
    }

    Slide slide(const std::string &id, HemozoinFilm film = HEMOZOIN_FILM_UNSTATED) const {
        HemozoinSlide *out = nullptr;
        detail::call(hemozoin_slide_new, static_cast<const HemozoinEngine *>(engine.get()), id.c_str(), film, &out);
        return Slide(out);
    }

private:
    detail::Owned<HemozoinEngine> engine;
};

} // namespace hemozoin

#endif
