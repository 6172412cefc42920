// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Starting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Pixels of the longest run. */
  private static final int LONGEST = SHORTEST + CLASSES.size() - 1;

  /** For each of {@link LineForm#ALL}, by run length. */
  private static final List<List<Starting<FloatLineKernel>>> KERNELS = new ArrayList<>();

  /** Each size of planes has classes of its own, so not all get some. */
  private static final int MOST_SIZES = 32;

  /** A trial reads some planes of zeros, which should not be many. */
  private static final int LARGEST_PLANE = 1 << 12;

  /** The sizes of planes that plans have asked for, at most {@link #MOST_SIZES}. */
  private static final Set<Integer> SIZES = new HashSet<>();

  /** Those of planes, by their size and run length. */
  private static final Map<Integer, Starting<FloatLineKernel>> OF_PLANES = new HashMap<>();

  static {
    for (LineForm form : LineForm.ALL) {
      List<Starting<FloatLineKernel>> kernels = new ArrayList<>();
      for (int run = SHORTEST; run <= form.longest(); run++) {
        kernels.add(starting(form, run));
      }
      KERNELS.add(kernels);
    }
  }

  private FloatLineKernels() {}

  private static Starting<FloatLineKernel> starting(LineForm form, int run) {
    FloatLineKernel scalar = new FloatLineKernelScalar(form, run, 2 * FloatLanes.LENGTH);
    return Starting.withConstants(CLASSES.get(run - SHORTEST), form, scalar);
  }

  /** Whether there are kernels for planes of so many elements. */
  static boolean takesPlanes(int elements) {
    synchronized (SIZES) {
      if (elements > LARGEST_PLANE) {
        return false;
      }
      if (SIZES.size() < MOST_SIZES) {
        SIZES.add(elements);
      }
      return SIZES.contains(elements);
    }
  }

  /** The kernel of planes that are taken for runs of so many pixels, the same for all who ask. */
  static Starting<FloatLineKernel> ofPlanes(int elements, int run) {
    synchronized (OF_PLANES) {
      int key = elements * (LONGEST + 1) + run;
      Starting<FloatLineKernel> kernel = OF_PLANES.get(key);
      if (kernel == null) {
        kernel = starting(LineForm.ofPlanes(elements), run);
        OF_PLANES.put(key, kernel);
      }
      return kernel;
    }
  }

  /** The kernel of a form of copies for runs of so many pixels, the same for all who ask. */
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
