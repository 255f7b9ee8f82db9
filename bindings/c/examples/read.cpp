// Frames of a camera, as pixels: reads a binary PPM file (P6) and prints the record.
//
//   read_cpp FILE.ppm UM_PER_PX
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <vector>

#include "hemozoin.hpp"

int main(int count, char **words) {
    if (count < 3) return 2;
    std::ifstream file(words[1], std::ios::binary);
    std::string kind;
    std::uint32_t width = 0, height = 0, most = 0;
    file >> kind >> width >> height >> most;
    file.get();
    // Rows of a frame often end with bytes that are no pixels.
    const std::size_t stride = std::size_t(width) * 3 + 5;
    std::vector<std::uint8_t> pixels(stride * height, 0xEE);
    for (std::uint32_t row = 0; row < height; row++)
        file.read(reinterpret_cast<char *>(pixels.data() + row * stride), std::streamsize(width) * 3);
    if (kind != "P6" || !file) return 2;
    try {
        hemozoin::Slide slide = hemozoin::Engine().slide("N-18", HEMOZOIN_FILM_THIN);
        slide.tell("patient_id", "P-7").add_pixels("frame-1", pixels.data(), width, height, stride, std::atof(words[2]));
        const hemozoin::Record record = slide.run([](std::uint64_t, std::uint64_t) { return true; });
        std::cout << hemozoin::Record::read(record.json()).json();
    } catch (const hemozoin::Error &error) {
        std::cerr << error.what() << '\n';
        return error.status();
    }
}
