// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.Fold;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.gemm.Gemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is written must lie apart from everything else; segments must be there and writable. */
class OverlapTest {
  /** Input, output and both gradients have 16 elements, the weight has 9. */
  private static final Conv2d CONV =
      Conv2d.of(Conv2dGeometry.input(1, 4, 4).kernel(1, 3, 3).padding(1)).build();

  private static final int IMAGE = 16;
  private static final int WEIGHT = 9;

  private final float[] memory = filled(64);
  private final float[] other = filled(IMAGE);
  private final float[] workspace = new float[CONV.workspaceFloats()];

  @Test
  void arraysThatOverlapAreRefused() {
    refused(() -> CONV.forward(memory, other, null, memory, workspace));
    refused(() -> CONV.forward(other, memory, null, memory, workspace));
    refused(() -> CONV.forward(other, other, memory, memory, workspace));
    refused(() -> CONV.backwardInput(memory, other, memory, workspace));
    refused(() -> CONV.backwardInput(other, memory, memory, workspace));
    refused(() -> CONV.backwardWeight(memory, other, memory, GradientMode.OVERWRITE, workspace));
    refused(() -> CONV.backwardWeight(other, memory, memory, GradientMode.ACCUMULATE, workspace));
    refused(() -> CONV.backwardBias(memory, memory, GradientMode.OVERWRITE));
    Unfold unfold = Unfold.of(UnfoldGeometry.image(1, 4, 4).kernel(2, 2));
    refused(() -> unfold.forward(memory, memory));
    refused(() -> unfold.backward(memory, memory));
    Fold fold = Fold.of(UnfoldGeometry.image(1, 4, 4).kernel(2, 2));
    refused(() -> fold.forward(memory, memory));
    refused(() -> fold.backward(memory, memory));
    Gemm gemm = Gemm.of(3, 3, 3).build();
    float[] scratch = new float[gemm.workspaceFloats()];
    refused(() -> gemm.multiply(1, memory, other, 1, memory, scratch));
    refused(() -> gemm.multiply(1, other, memory, 1, memory, scratch));
  }

  @Test
  void theWorkspaceIsAnOperandToo() {
    float[] shared = filled(Math.max(IMAGE, workspace.length));
    refused(() -> CONV.forward(other, other, null, shared, shared));
    refused(() -> CONV.forward(shared, other, null, memory, shared));
    refused(() -> CONV.forward(other, shared, null, memory, shared));
    refused(() -> CONV.backwardInput(other, other, shared, shared));
    refused(() -> CONV.backwardWeight(other, other, shared, GradientMode.OVERWRITE, shared));
  }

  /** One shared element is too many, none is fine. */
  @Test
  void partsOfOneArrayAreApartOrNot() {
    int last = IMAGE - 1;
    refused(() -> CONV.forward(memory, 0, other, 0, null, 0, memory, last, workspace, 0));
    refused(() -> CONV.forward(memory, last, other, 0, null, 0, memory, 0, workspace, 0));
    refused(
        () -> CONV.forward(other, 0, memory, IMAGE + last, null, 0, memory, IMAGE, workspace, 0));
    assertDoesNotThrow(
        () ->
            CONV.forward(
                memory,
                0,
                memory,
                2 * IMAGE,
                memory,
                2 * IMAGE + WEIGHT,
                memory,
                IMAGE,
                workspace,
                0));
  }

  @Test
  void segmentsThatOverlapAreRefused() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment heap = MemorySegment.ofArray(memory);
      MemorySegment outside = arena.allocate(heap.byteSize(), Float.BYTES).copyFrom(heap);
      MemorySegment weight = MemorySegment.ofArray(other);
      for (MemorySegment segment : new MemorySegment[] {heap, outside}) {
        MemorySegment input = segment.asSlice(0, IMAGE * Float.BYTES);
        MemorySegment touching = segment.asSlice((IMAGE - 1) * Float.BYTES);
        MemorySegment behind = segment.asSlice(IMAGE * Float.BYTES);
        refused(() -> CONV.forward(input, weight, null, touching, workspace));
        refused(() -> CONV.forward(input.asReadOnly(), weight, null, touching, workspace));
        assertEquals(-1, outside.mismatch(MemorySegment.ofArray(filled(64))));
        assertDoesNotThrow(() -> CONV.forward(input, weight, null, behind, workspace));
        behind.copyFrom(MemorySegment.ofArray(filled(64)).asSlice(IMAGE * Float.BYTES));
      }
    }
  }

  @Test
  void aReadOnlyOutputIsRefused() {
    MemorySegment segment = MemorySegment.ofArray(other);
    MemorySegment output = MemorySegment.ofArray(memory).asReadOnly();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CONV.forward(segment, segment, null, output, workspace))
            .getMessage();
    assertTrue(message.contains("output") && message.contains("read-only"), message);
  }

  @Test
  void offsetsOutsideAreRefused() {
    refused(() -> CONV.forward(other, -1, other, 0, null, 0, memory, 0, workspace, 0));
    refused(() -> CONV.forward(other, 1, other, 0, null, 0, memory, 0, workspace, 0));
    refused(
        () -> CONV.forward(other, 0, other, 0, null, 0, memory, Integer.MAX_VALUE, workspace, 0));
    refused(() -> CONV.forward(other, 0, other, 0, null, 0, memory, 0, workspace, 1));
    refused(() -> CONV.forward(other, 0, other, 0, other, IMAGE, memory, 0, workspace, 0));
  }

  @Test
  void aMissingModeIsNamed() {
    assertEquals(
        "mode",
        assertThrows(
                NullPointerException.class,
                () -> CONV.backwardWeight(other, other, memory, null, workspace))
            .getMessage());
    assertEquals(
        "mode",
        assertThrows(NullPointerException.class, () -> CONV.backwardBias(other, memory, null))
            .getMessage());
    assertArrayEquals(filled(64), memory);
  }

  private void refused(Executable call) {
    assertThrows(IllegalArgumentException.class, call);
    assertArrayEquals(filled(64), memory, "written before it was refused");
  }

  private static float[] filled(int elements) {
    float[] numbers = new float[elements];
    for (int i = 0; i < elements; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
