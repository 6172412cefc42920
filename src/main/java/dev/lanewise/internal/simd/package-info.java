// SPDX-License-Identifier: Apache-2.0

/**
 * The machine. {@link dev.lanewise.internal.simd.Machine} says once what the JVM compiles vectors
 * to; every kernel interface ({@link dev.lanewise.internal.simd.FloatRows} here, the microkernel in
 * {@code gemm}) has vector and scalar implementations and one static final field that holds the
 * choice, so that C2 sees a constant. A vector kernel may begin as its scalar form: see {@link
 * dev.lanewise.internal.start}.
 *
 * <p>Plans ask {@link dev.lanewise.internal.simd.FloatLanes} how long a vector is, kernels {@link
 * dev.lanewise.internal.simd.FloatSpecies}, which loads the vector module.
 *
 * <p>Only the vector implementations link to {@code jdk.incubator.vector}; where it is missing they
 * are never loaded.
 */
package dev.lanewise.internal.simd;
