// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.start.KernelCopy;
import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * What the pixels of a run read of the lines in each step: pixel j and term k the element {@code
 * first + j·stride + k·spread}, with {@code first} a {@link #step} further each time.
 *
 * <p>The terms are the columns of a kernel row, or, where that has one, two channels. Kernels know
 * their form as constants, one hidden class for each: so C2 sees which terms of neighbouring pixels
 * are one element, which it loads once, and every distance is a part of an instruction.
 *
 * @param taps terms of a step
 * @param stride elements from one pixel to the next
 * @param spread elements from one term to the next
 * @param lines of a step
 * @param line elements from one line to the next
 */
public record LineForm(int taps, int stride, int spread, int lines, int line) {
  /**
   * Elements from one line of a copy to the next: two cache lines of 64 bytes in single precision.
   * Rows of 28 pixels nearly fill them, of 56 two, of 14 one of the two. With five cache lines to a
   * line images of 14×14 took a tenth longer, with one more is copied.
   */
  static final int LINE = 32;

  /** Kernels of three columns. */
  static final LineForm DENSE = new LineForm(3, 1, 1, 1, LINE);

  /** All of copies that there are kernels for. */
  static final List<LineForm> ALL =
      List.of(
          DENSE,
          new LineForm(3, 2, 1, 1, LINE),
          new LineForm(3, 1, 2, 1, LINE),
          new LineForm(2, 1, 1, 1, LINE),
          new LineForm(2, 1, LINE, 2, LINE));

  /**
   * The form for a row of the kernel; null if there is none.
   *
   * @param columns of the kernel
   * @param stride elements from one pixel to the next
   * @param spread elements from one column to the next
   * @param channels that each column is read of
   */
  static LineForm of(int columns, int stride, int spread, int channels) {
    for (LineForm form : ALL) {
      boolean fits =
          form.lines > 1
              ? columns < 2 && channels % form.lines == 0
              : columns == form.taps && spread == form.spread;
      if (fits && stride == form.stride) {
        return form;
      }
    }
    return null;
  }

  /** The form of planes of so many elements, each a line: two channels a step. */
  static LineForm ofPlanes(int plane) {
    return new LineForm(2, 1, plane, 2, plane);
  }

  /** That of a kernel's class, which is what it was {@linkplain KernelCopy defined with}. */
  static LineForm of(MethodHandles.Lookup kernel) {
    LineForm constants = KernelCopy.constants(kernel, LineForm.class);
    return constants == null ? DENSE : constants;
  }

  /**
   * Pixels of the longest run. With more accumulators the weights would be spilled. With a stride
   * two runs of 7 share a line, which two of 10 cannot, and lines that are half empty drive others
   * out of the level 2 cache: 3×3 with stride 2, 128→128 @56, was 1.2 times as fast by it (Emerald
   * Rapids).
   */
  int longest() {
    if (stride > 1) {
      return 8;
    }
    return taps == 3 ? 10 : 12;
  }

  /** Elements from one step to the next. */
  public int step() {
    return lines * line;
  }
}
