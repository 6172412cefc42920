// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int COUNT = 11;

  @Test
  void cutsTheSetIntoBatchesInItsOrder() throws IOException {
    Batches batches = new Batches(images(), 4);
    assertEquals(3, batches.count());
    assertArrayEquals(new int[] {4, 1, 1, 2}, batches.load(0).shape());
    assertArrayEquals(new int[] {4, 1, 1, 2}, batches.load(1).shape());
    assertArrayEquals(new int[] {3, 1, 1, 2}, batches.load(2).shape());
    assertEquals(inOrder(), firstPixels(batches));
  }

  @Test
  void makesOneBatchOfASetSmallerThanTheBatchSize() throws IOException {
    Batches batches = new Batches(images(), Integer.MAX_VALUE);
    assertEquals(1, batches.count());
    assertEquals(inOrder(), firstPixels(batches));
  }

  @Test
  void shuffleKeepsEveryImageOnceAndDependsOnTheSeed() throws IOException {
    List<Float> one = shuffled(1);
    assertEquals(one, shuffled(1));
    assertNotEquals(one, shuffled(2));
    assertNotEquals(inOrder(), one);
    assertEquals(inOrder(), one.stream().sorted().toList());
  }

  @Test
  void labelsGoWithTheirImages() throws IOException {
    Batches batches = new Batches(images(), 4);
    batches.shuffle(new SplitMix64(1));
    for (int b = 0; b < batches.count(); b++) {
      Tensor batch = batches.load(b);
      int[] labels = batches.labels(b);
      assertEquals(batches.size(b), labels.length);
      for (int i = 0; i < labels.length; i++) {
        int image = Math.round(batch.data()[2 * i] * 255) / 2;
        assertEquals(image % 10, labels[i]);
      }
    }
  }

  @Test
  void theSameNumbersDealOutTheSameOrderAgain() throws IOException {
    Batches batches = new Batches(images(), 4);
    batches.shuffle(new SplitMix64(1));
    List<Float> first = firstPixels(batches);
    batches.shuffle(new SplitMix64(2));
    batches.shuffle(new SplitMix64(1));
    assertEquals(first, firstPixels(batches));
  }

  private static List<Float> shuffled(long seed) throws IOException {
    Batches batches = new Batches(images(), 4);
    batches.shuffle(new SplitMix64(seed));
    return firstPixels(batches);
  }

  private static List<Float> firstPixels(Batches batches) {
    List<Float> pixels = new ArrayList<>();
    for (int b = 0; b < batches.count(); b++) {
      Tensor batch = batches.load(b);
      for (int i = 0; i < batch.size(0); i++) {
        pixels.add(batch.data()[2 * i]);
      }
    }
    return pixels;
  }

  private static List<Float> inOrder() {
    List<Float> pixels = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      pixels.add(2 * i / 255f);
    }
    return pixels;
  }

  private static LabelledImages images() throws IOException {
    return LabelledImages.read(
        new ByteArrayInputStream(IdxBytes.images(COUNT, 1, 2)),
        "images",
        new ByteArrayInputStream(IdxBytes.labels(COUNT)),
        "labels");
  }
}
