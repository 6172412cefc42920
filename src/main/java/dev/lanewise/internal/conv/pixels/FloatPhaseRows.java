// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.conv.PixelAxis;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatStrips;

/** From the phases of a filter, each a plane of its own, to rows of the target. */
final class FloatPhaseRows {
  private final PixelAxis vertical;
  private final PixelAxis horizontal;

  /** Elements from a phase of a filter to the next. */
  private final int phasePitch;

  FloatPhaseRows(PixelAxis vertical, PixelAxis horizontal, int phasePitch) {
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.phasePitch = phasePitch;
  }

  /** From the phases of one filter to its plane of the target. */
  void write(
      float[] workspace,
      int results,
      int buffer,
      Object target,
      long targetOffset,
      int first,
      int rows) {
    int width = horizontal.target();
    if (vertical.phases() * horizontal.phases() == 1) {
      FloatMemory.copy(
          workspace, results, target, targetOffset + (long) first * width, rows * width);
      return;
    }
    int end = endRow(first + rows);
    for (int row = firstRow(first); row < end; row++) {
      int phase = row % vertical.phases() * horizontal.phases();
      int from =
          results + phase * phasePitch + (row / vertical.phases() - first) * horizontal.positions();
      long to = targetOffset + (long) row * width;
      if (horizontal.phases() == 1) {
        FloatMemory.copy(workspace, from, target, to, width);
      } else if (target instanceof float[] array) {
        zip(workspace, from, array, (int) to);
      } else {
        zip(workspace, from, workspace, buffer);
        FloatMemory.copy(workspace, buffer, target, to, width);
      }
    }
  }

  private void zip(float[] from, int offset, float[] to, int toOffset) {
    int width = horizontal.target();
    int phases = horizontal.phases();
    if (phases == 2) {
      FloatStrips strips = FloatStrips.INTERLEAVED.kernel();
      long since = FloatStrips.INTERLEAVED.clock(strips);
      strips.interleave(from, offset, offset + phasePitch, to, toOffset, width);
      FloatStrips.INTERLEAVED.ran(strips, since);
    } else {
      for (int column = 0; column < width; column++) {
        to[toOffset + column] = from[offset + column % phases * phasePitch + column / phases];
      }
    }
  }

  /** The first row of the target that belongs to a row of positions or one behind it. */
  int firstRow(int position) {
    return position * vertical.phases();
  }

  /** One more than the last row of the target that belongs to a row of positions before one. */
  int endRow(int position) {
    return Math.min(position * vertical.phases(), vertical.target());
  }
}
