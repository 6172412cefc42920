// SPDX-License-Identifier: Apache-2.0

/** The general matrix product, {@link dev.lanewise.gemm.Gemm}, on which the convolutions stand. */
package dev.lanewise.gemm;
