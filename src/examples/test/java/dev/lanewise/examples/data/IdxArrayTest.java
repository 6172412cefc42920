// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxArrayTest {
  private static final byte[] IMAGES = IdxBytes.images(3, 2, 4);

  @Test
  void readsSizesAndValues() throws IOException {
    IdxArray array = read(IMAGES, 3);
    assertEquals(3, array.size(0));
    assertEquals(2, array.size(1));
    assertEquals(4, array.size(2));
    assertArrayEquals(Arrays.copyOfRange(IMAGES, 16, 40), array.values());
  }

  @Test
  void readsGzipWhateverTheName() throws IOException {
    assertArrayEquals(read(IMAGES, 3).values(), read(IdxBytes.gzip(IMAGES), 3).values());
  }

  @Test
  void refusesAnotherMagicNumber() {
    assertRefused(
        "file: magic number 0x00000801, expected 0x00000803 (unsigned bytes in 3 dimensions)",
        IdxBytes.labels(5),
        3);
    assertRefused(
        "file: magic number 0x00000803, expected 0x00000801 (unsigned bytes in 1 dimension)",
        IMAGES,
        1);
    assertRefused(
        "file: magic number 0x89504e47, expected 0x00000803 (unsigned bytes in 3 dimensions)",
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n'},
        3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 15})
  void refusesAHeaderThatStops(int length) {
    assertRefused("file: truncated: the file ends too early", Arrays.copyOf(IMAGES, length), 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23})
  void refusesValuesThatStop(int values) {
    assertRefused(
        "file: truncated: " + values + " of the 24 values that its header promises (3 x 2 x 4)",
        Arrays.copyOf(IMAGES, 16 + values),
        3);
  }

  @Test
  void refusesWhatFollowsTheLastValue() {
    assertRefused(
        "file: goes on after the 24 values that its header promises (3 x 2 x 4)",
        Arrays.copyOf(IMAGES, IMAGES.length + 1),
        3);
  }

  @Test
  void refusesNoImages() {
    assertRefused("file: empty (its header says 0 x 2 x 4)", IdxBytes.images(0, 2, 4), 3);
  }

  @Test
  void refusesSizesThatNoFileCanHave() {
    assertRefused(
        "file: negative size (its header says -1 x 2 x 4)",
        IdxBytes.file(IdxBytes.IMAGES_MAGIC, new int[] {-1, 2, 4}, new byte[0]),
        3);
    int huge = Integer.MAX_VALUE;
    assertRefused(
        "file: too large (its header says " + huge + " x " + huge + " x " + huge + ")",
        IdxBytes.file(IdxBytes.IMAGES_MAGIC, new int[] {huge, huge, huge}, new byte[0]),
        3);
  }

  @Test
  void refusesTruncatedGzipAtEveryLength() {
    byte[] compressed = IdxBytes.gzip(IMAGES);
    for (int length = 2; length < compressed.length; length++) {
      assertRefused(
          "file: truncated: the file ends too early", Arrays.copyOf(compressed, length), 3);
    }
  }

  @Test
  void refusesGzipWithAWrongChecksum() {
    byte[] compressed = IdxBytes.gzip(IMAGES);
    compressed[compressed.length - 8] ^= 1;
    assertRefused("file: damaged gzip data (Corrupt GZIP trailer)", compressed, 3);
  }

  private static IdxArray read(byte[] file, int dimensions) throws IOException {
    return IdxArray.read(new ByteArrayInputStream(file), "file", dimensions);
  }

  private static void assertRefused(String message, byte[] file, int dimensions) {
    DataFileException e = assertThrows(DataFileException.class, () -> read(file, dimensions));
    assertEquals(message, e.getMessage());
  }
}
