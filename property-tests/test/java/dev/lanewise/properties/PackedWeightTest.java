// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.PackedWeight;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a packed weight remembers, and what calls with one refuse before they write anything. */
class PackedWeightTest {
  private static final Conv2dGeometry GEOMETRY =
      Conv2dGeometry.input(2, 4, 5, 6).kernel(6, 3, 2).groups(2);
  private static final int INPUT = 240;
  private static final int WEIGHT = 72;
  private static final int OUTPUT = 180;

  private final Conv2d conv = Conv2d.of(GEOMETRY).build();
  private final float[] input = ones(INPUT);
  private final float[] weight = ones(WEIGHT);
  private final float[] output = ones(OUTPUT);
  private final float[] workspace = new float[conv.workspaceFloats()];

  private static float[] ones(int elements) {
    float[] ones = new float[elements];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void itIsForOnePass() {
    PackedWeight forward = conv.pack(weight);
    PackedWeight backward = conv.packForBackwardInput(weight);
    String hint = " (pack is for forward, packForBackwardInput for backwardInput)";
    requireRefused(
        "weight: packed for backwardInput, not for forward" + hint,
        () -> conv.forward(input, backward, null, null, output, workspace));
    requireRefused(
        "weight: packed for forward, not for backwardInput" + hint,
        () -> conv.backwardInput(output, forward, input, workspace));
    requireRefused(
        "weight: packed for forward, not for backwardInput" + hint,
        () ->
            conv.backwardInput(
                MemorySegment.ofArray(output), forward, MemorySegment.ofArray(input), workspace));
  }

  @Test
  void itIsForOnePlan() {
    Conv2d other = Conv2d.of(GEOMETRY.stride(2)).build();
    PackedWeight forward = other.pack(weight);
    PackedWeight backward = other.packForBackwardInput(weight);
    String rule =
        "weight: packed by another plan (%s), not by this one (%s)"
            .formatted(other.geometry(), conv.geometry());
    requireRefused(rule, () -> conv.forward(input, forward, null, null, output, workspace));
    requireRefused(rule, () -> conv.backwardInput(output, backward, input, workspace));
  }

  @Test
  void itIsACopy() {
    float[] expected = new float[INPUT];
    conv.backwardInput(output, weight, expected, workspace);
    PackedWeight packed = conv.packForBackwardInput(weight);
    assertTrue(packed.bytes() >= (long) WEIGHT * Float.BYTES, packed.bytes() + " bytes");
    Arrays.fill(weight, Float.NaN);
    conv.backwardInput(output, packed, input, workspace);
    assertArrayEquals(expected, input);
  }

  @Test
  void theOtherOperandsAreChecked() {
    PackedWeight packed = conv.packForBackwardInput(weight);
    assertEquals(
        "weight",
        assertThrows(
                NullPointerException.class,
                () -> conv.backwardInput(output, (PackedWeight) null, input, workspace))
            .getMessage());
    requireRefusal(
        "gradOutput: needs 180 elements",
        () -> conv.backwardInput(new float[OUTPUT - 1], packed, input, workspace));
    requireRefusal(
        "gradInput: needs 240 elements",
        () -> conv.backwardInput(output, packed, new float[INPUT - 1], workspace));
    requireRefusal(
        "workspace: needs " + workspace.length + " elements",
        () -> conv.backwardInput(output, packed, input, new float[workspace.length - 1]));
    float[] shared = ones(OUTPUT + INPUT);
    requireRefusal(
        "gradOutput and gradInput overlap",
        () -> conv.backwardInput(shared, 1, packed, shared, OUTPUT, workspace, 0));
    requireRefusal(
        "gradInput and workspace overlap",
        () -> conv.backwardInput(output, 0, packed, workspace, 0, workspace, 0));
    requireRefusal(
        "gradInput: the segment is read-only",
        () ->
            conv.backwardInput(
                MemorySegment.ofArray(output),
                packed,
                MemorySegment.ofArray(input).asReadOnly(),
                workspace));
    assertArrayEquals(ones(INPUT), input);
  }

  private void requireRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertArrayEquals(ones(INPUT), input);
    assertArrayEquals(ones(OUTPUT), output);
  }

  private static void requireRefusal(String start, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }
}
