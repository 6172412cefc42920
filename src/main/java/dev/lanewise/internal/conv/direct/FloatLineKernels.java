// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Starting;
import java.util.ArrayList;
import java.util.List;

/** All {@link FloatLineKernel}s: of each form, for runs of each length. */
final class FloatLineKernels {
  /** By run length, each one pixel longer than the one before. */
  private static final List<Class<? extends FloatLineKernel>> CLASSES =
      List.of(
          FloatLineKernel5x2.class,
          FloatLineKernel6x2.class,
          FloatLineKernel7x2.class,
          FloatLineKernel8x2.class,
          FloatLineKernel9x2.class,
          FloatLineKernel10x2.class,
          FloatLineKernel11x2.class,
          FloatLineKernel12x2.class);

  /** Pixels of the shortest run. */
  static final int SHORTEST = 5;

  /** For each of {@link LineForm#ALL}, by run length. */
  private static final List<List<Starting<FloatLineKernel>>> KERNELS = new ArrayList<>();

  static {
    for (LineForm form : LineForm.ALL) {
      List<Starting<FloatLineKernel>> kernels = new ArrayList<>();
      for (int run = SHORTEST; run <= form.longest(); run++) {
        FloatLineKernel scalar = new FloatLineKernelScalar(form, run, 2 * FloatLanes.LENGTH);
        kernels.add(Starting.withConstants(CLASSES.get(run - SHORTEST), form, scalar));
      }
      KERNELS.add(kernels);
    }
  }

  private FloatLineKernels() {}

  /** The kernel of a form for runs of so many pixels, the same for all who ask. */
  static Starting<FloatLineKernel> of(LineForm form, int run) {
    int index = 0;
    while (LineForm.ALL.get(index) != form) {
      index++;
    }
    return KERNELS.get(index).get(run - SHORTEST);
  }

  /** A vector form of its own, whether it is fast or not. */
  static FloatLineKernel vector(LineForm form, int run) {
    return (FloatLineKernel) KernelCopy.of(CLASSES.get(run - SHORTEST), form);
  }
}
